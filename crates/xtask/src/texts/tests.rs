use super::*;

fn check(files: &[(&str, &str)]) -> Vec<String> {
    let sources: Vec<Source> = files.iter().map(|(path, text)| Source::new(path, text)).collect();
    let (texts, sources): (Vec<_>, Vec<_>) = sources.into_iter().partition(|s| s.is(&[".ftl", ".txt"]));
    let mut report = report(&collect(&texts), &sources);
    report.lines.truncate(report.problems);
    report.lines
}

const IT: &str = "crates/web/texts/it.ftl";
const EN: &str = "crates/web/texts/en.ftl";
const PAGE: &str = "crates/web/templates/page.html";

#[test]
fn two_languages_that_agree_pass() {
    let found = check(&[
        (IT, "a-key = Ciao { $name }\nb-key = { a-key }!\n"),
        (EN, "b-key = { a-key }!\na-key = Hello { $name }\n"),
        (PAGE, "{{ t(\"b-key\") }}"),
    ]);
    assert_eq!(found, [""; 0]);
}

#[test]
fn a_key_of_one_language_only_is_told() {
    let found = check(&[(IT, "a = 1\nb = 2\n"), (EN, "a = 1\nc = 3\n"), (PAGE, "\"a\" \"b\" \"c\"")]);
    assert_eq!(found, ["crates/web/texts/en.ftl: b is missing", "crates/web/texts/it.ftl: c is missing"]);
    let found = check(&[(IT, "a = 1\n"), (PAGE, "\"a\"")]);
    assert_eq!(found, ["crates/web/texts: one language is missing"]);
}

#[test]
fn other_variables_are_told() {
    let found = check(&[(IT, "a = { $due }\n"), (EN, "a = soon\n"), (PAGE, "\"a\"")]);
    assert_eq!(found, ["crates/web/texts/en.ftl:1: a has no variable, the Italian has $due"]);
}

#[test]
fn a_key_that_stands_twice_is_told() {
    let found = check(&[(IT, "a = 1\n"), (EN, "a = 1\na = 2\n"), (PAGE, "\"a\"")]);
    assert_eq!(found, ["crates/web/texts/en.ftl:2: a stands there twice"]);
}

#[test]
fn a_key_asked_for_but_missing_is_told() {
    let found = check(&[(IT, "a = 1\n"), (EN, "a = 1\n"), (PAGE, "t(\"a\")\nt(\"b-key\")")]);
    assert_eq!(found, ["crates/web/templates/page.html:2: no text has the key b-key"]);
    // In a crate that makes no pages the same call means something else.
    let found =
        check(&[(IT, "a = 1\n"), (EN, "a = 1\n"), ("crates/papers/src/a.rs", "x.text(\"a\"); x.text(\"b-key\")")]);
    assert_eq!(found, [""; 0]);
}

#[test]
fn a_key_never_used_is_told_unless_it_is_dynamic() {
    let files = [(IT, "a = 1\nstate-new = 1\nstate-old = 2\n"), (EN, "a = 1\nstate-new = 1\nstate-old = 2\n")];
    let found = check(&[files[0], files[1], (PAGE, "t(\"a\")")]);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0], "crates/web/texts/it.ftl:2: state-new is never used");
    let dynamic = ("crates/web/texts/dynamic.txt", "# the states\nstate-\n");
    assert_eq!(check(&[files[0], files[1], dynamic, (PAGE, "t(\"a\")")]), [""; 0]);
}

#[test]
fn a_family_without_one_of_its_members_is_told() {
    let files = [(IT, "state-new = 1\nstate-old = 1\n"), (EN, "state-new = 1\nstate-old = 1\n")];
    let dynamic = ("crates/web/texts/dynamic.txt", "state-{new,gone}\n");
    let expected = [
        "crates/web/texts/dynamic.txt: no text has the key state-gone",
        "crates/web/texts/it.ftl:2: state-old is never used",
    ];
    assert_eq!(check(&[files[0], files[1], dynamic]), expected);
}

#[test]
fn a_text_does_not_use_itself() {
    let found = check(&[(IT, "a = { $a }\n"), (EN, "a = { $a }\n")]);
    assert_eq!(found, ["crates/web/texts/it.ftl:1: a is never used"]);
}

#[test]
fn texts_may_be_used_from_another_crate() {
    let rust = ("crates/desk-dues/src/pages/a.rs", "let key = if x { \"a\" } else { \"b\" };");
    assert_eq!(check(&[(IT, "a = 1\nb = 1\n"), (EN, "a = 1\nb = 1\n"), rust]), [""; 0]);
}
