//! The sign-in page, with a browser that has no scripts.

use reqwest::{Response, StatusCode};
use spid::federation::rp::Acr;

use crate::party::{ANNA, Party, browser, world};

/// Where the page's form goes.
fn action(page: &str) -> String {
    page.split_once("action=\"").unwrap().1.split_once('"').unwrap().0.to_owned()
}

async fn choose(page: &str, person: &str, level: &str, outcome: &str) -> Response {
    let form = [("person", person), ("level", level), ("outcome", outcome)];
    browser().post(action(page)).form(&form).send().await.unwrap()
}

fn location(answer: &Response) -> &str {
    answer.headers()["location"].to_str().unwrap()
}

#[tokio::test]
async fn a_person_signs_in_by_link() {
    let world = world().await;
    let party = Party::registered(&world).await;
    let (started, url) = party.begin(&party.ask()).await;
    let page = browser().get(url).send().await.unwrap();
    assert_eq!(page.status(), StatusCode::OK);
    let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    let page = page.text().await.unwrap();
    for shown in [
        "Albo &#60;delle&#62; imprese",
        &party.id,
        "almeno 2",
        "nome, cognome, codice fiscale, data di nascita, indirizzo email",
        "Anna Rossi &#60;&#38;&#62;",
        "Bruno Verdi",
        "carta d&#39;identità e PIN",
        "nr20",
        "nr22",
        "nr25",
        "temporarily_unavailable",
        "server_error",
    ] {
        assert!(page.contains(shown), "{shown} in {page}");
    }
    assert!(!page.contains("<script") && !page.contains("user name and password"), "level 1 will not do: {page}");

    for (person, level, outcome) in
        [("XXXXXX00X00X000X", "2", "consent"), (ANNA, "4", "consent"), (ANNA, "1", "consent"), (ANNA, "2", "nr24")]
    {
        let answer = choose(&page, person, level, outcome).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{person} {level} {outcome}");
    }
    let back = choose(&page, ANNA, "3", "consent").await;
    assert_eq!(back.status(), StatusCode::SEE_OTHER);
    let code = party.accept(&started, location(&back)).unwrap();
    assert_eq!(party.complete(&started, code).await.unwrap().identity.acr, Acr::L3);
    assert_eq!(choose(&page, ANNA, "3", "consent").await.status(), StatusCode::GONE, "a choice is made once");
}

#[tokio::test]
async fn a_person_comes_by_form_and_gives_up() {
    let world = world().await;
    let party = Party::registered(&world).await;
    let (started, request) =
        party.rp.begin(&party.provider().await, &party.ask(), &crate::party::chance(), party.now()).unwrap();
    let (address, fields) = request.form();
    let page = browser().post(address.clone()).form(fields).send().await.unwrap().text().await.unwrap();
    let back = choose(&page, ANNA, "2", "nr25").await;
    assert!(location(&back).contains("error=access_denied"), "{}", location(&back));
    assert!(party.accept(&started, location(&back)).is_err());
}

#[tokio::test]
async fn what_cannot_be_trusted_gets_a_page_and_what_is_wrong_goes_back() {
    let world = world().await;
    let mut party = Party::new(&world).await;
    let (_, url) = party.begin(&party.ask()).await;
    let stranger = browser().get(url.clone()).send().await.unwrap();
    assert_eq!(stranger.status(), StatusCode::FORBIDDEN);
    assert!(stranger.text().await.unwrap().contains("non fa parte della federazione"));
    let bare = browser().get(format!("{}/authorization", world.cie().provider())).send().await.unwrap();
    assert_eq!(bare.status(), StatusCode::BAD_REQUEST);

    party.mark(world.cie().register(&party.id, party.rp.federation_jwks()).unwrap());
    let changed = url.as_str().replace("response_type=code", "response_type=token");
    let back = browser().get(changed).send().await.unwrap();
    assert_eq!(back.status(), StatusCode::SEE_OTHER);
    assert!(location(&back).starts_with(&party.callback()) && location(&back).contains("error=invalid_request"));
    let style = browser().get(format!("{}cie/stile.css", world.url())).send().await.unwrap();
    assert_eq!(style.status(), StatusCode::OK);
}

#[tokio::test]
async fn the_overview_lists_who_vouches_for_identities() {
    let world = world().await;
    world.cie().set_behaviour(outside::cie::Behaviour::OtherPerson);
    let page = browser().get(world.url()).header("accept-language", "it").send().await.unwrap().text().await.unwrap();
    for shown in [
        "Poste Esempio ID",
        "/spid/sigillo-rotto/metadata",
        "metadata alterati",
        "lento (3 secondi)",
        "/spid/registry",
        "/cie/op/.well-known/openid-federation",
        "/cie/registro/.well-known/openid-federation",
        "attributi di un&#39;altra persona",
    ] {
        assert!(page.contains(shown), "{shown} in {page}");
    }
}
