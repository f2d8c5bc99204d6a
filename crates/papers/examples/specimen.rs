//! Writes sample papers into the folder given as the only argument, to be looked at.

#[path = "../tests/it/samples.rs"]
mod samples;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("say where the papers shall go")?;
    let folder = std::path::PathBuf::from(folder);
    for (name, document) in [
        ("receipt.pdf", samples::receipt()),
        ("table.pdf", samples::long_table()),
        ("specimen.pdf", samples::specimen()),
    ] {
        std::fs::write(folder.join(name), papers::render(&document)?)?;
    }
    for (name, language) in [("notice-it.pdf", papers::Language::Italian), ("notice-en.pdf", papers::Language::English)]
    {
        std::fs::write(folder.join(name), papers::notice::render(&samples::notice(language))?)?;
    }
    Ok(())
}
