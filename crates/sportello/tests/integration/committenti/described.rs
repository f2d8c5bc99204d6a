//! The description of the interface says what the interface does.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};
use testkit::Reply;

use crate::on_every_engine;

fn description() -> Value {
    serde_json::from_str(desk_dues::pages::API_DESCRIPTION).unwrap()
}

/// The addresses and methods of the router, as they stand in its source.
fn routed() -> BTreeSet<(String, String)> {
    let sources =
        [include_str!("../../../../desk-dues/src/pages/api/mod.rs"), include_str!("../../../../web/src/api/mod.rs")];
    let mut found = BTreeSet::new();
    for line in sources.iter().flat_map(|s| s.lines()) {
        let Some((_, rest)) = line.split_once(".route(\"/api/v1") else { continue };
        let (path, methods) = rest.split_once('"').unwrap();
        for method in ["get", "post", "put", "delete", "patch"] {
            if methods.contains(&format!("{method}(")) {
                found.insert((path.to_owned(), method.to_owned()));
            }
        }
    }
    found
}

#[test]
fn every_route_is_described_and_nothing_else() {
    let document = description();
    let paths = document["paths"].as_object().unwrap();
    let described: BTreeSet<(String, String)> = paths
        .iter()
        .flat_map(|(path, item)| {
            item.as_object().unwrap().keys().map(|m| (path.clone(), m.clone())).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(described, routed());
    assert!(described.len() >= 12, "{described:?}");
}

/// Checks an answer against what the document says of it.
fn fits(document: &Value, path: &str, method: &str, reply: &Reply) {
    let pointer = |text: &str| text.replace('~', "~0").replace('/', "~1");
    let status = reply.status.as_u16().to_string();
    let mut described = document
        .pointer(&format!("/paths/{}/{method}/responses/{status}", pointer(path)))
        .unwrap_or_else(|| panic!("{method} {path} does not describe {status}"));
    if let Some(named) = described["$ref"].as_str() {
        described = document.pointer(named.trim_start_matches('#')).unwrap();
    }
    let media = reply.header("content-type").split(';').next().unwrap().to_owned();
    let schema = &described["content"][&media]["schema"];
    assert!(schema.is_object(), "{method} {path} {status} does not describe {media}");
    if media.ends_with("json") {
        let mut whole = schema.clone();
        whole["components"] = document["components"].clone();
        let validator = jsonschema::options().should_validate_formats(true).build(&whole).unwrap();
        let errors: Vec<String> =
            validator.iter_errors(&reply.body).map(|e| format!("{e} at {}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{method} {path} {status}: {errors:?}\n{}", reply.body);
    }
    let promised = described["headers"].as_object().into_iter().flatten().map(|(name, _)| name);
    for name in promised.filter(|name| name.starts_with("X-RateLimit") && status.starts_with('2')) {
        assert!(!reply.header(name).is_empty(), "{method} {path} {status}: {name} is missing");
    }
}

on_every_engine! {
    async fn every_answer_fits_its_schema(stage) {
        let document = description();
        let committente = stage.committente().await;
        let asked = committente.asks("00001015015").await;
        fits(&document, "/queries", "post", &asked);
        let id = asked.body["id"].as_str().unwrap().to_owned();
        let bulk = committente.posts("/bulk-queries", &json!({ "tax_codes": ["00001015015", "x", "00743110157", ""] })).await;
        fits(&document, "/bulk-queries", "post", &bulk);
        let bulk_id = bulk.body["id"].as_str().unwrap().to_owned();
        let gets = [
            ("/account", "/account".to_owned()),
            ("/firms/{code}/regularity", "/firms/00001385020/regularity".to_owned()),
            ("/firms/{code}/regularity", "/firms/x/regularity".to_owned()),
            ("/queries", "/queries".to_owned()),
            ("/queries", "/queries?cursor=x".to_owned()),
            ("/queries/{id}", format!("/queries/{id}")),
            ("/queries/{id}", "/queries/1".to_owned()),
            ("/queries/{id}/statement", format!("/queries/{id}/statement")),
            ("/bulk-queries", "/bulk-queries".to_owned()),
            ("/bulk-queries/{id}", format!("/bulk-queries/{bulk_id}")),
            ("/bulk-queries/{id}/items", format!("/bulk-queries/{bulk_id}/items")),
            ("/openapi.json", "/openapi.json".to_owned()),
            ("/problems/{kind}", "/problems/too-many".to_owned()),
            ("/problems/{kind}", "/problems/none".to_owned()),
        ];
        for round in 0..2 {
            for (path, address) in &gets {
                fits(&document, path, "get", &committente.gets(address).await);
            }
            assert!(round == 1 || bulk.body["state"] == "running");
            stage.settle().await;
        }
        for (path, body, status) in [("/queries", "{", 400), ("/queries", "{}", 422), ("/bulk-queries", "{\"tax_codes\":[]}", 422)] {
            let reply = committente.calls(Method::POST, path, &[], Some(body)).await;
            assert_eq!(reply.status, status);
            fits(&document, path, "post", &reply);
        }
        let wrong = committente.calls(Method::DELETE, "/queries", &[], None).await;
        fits(&document, "/queries", "get", &wrong);
        let pdf = committente.calls(Method::GET, &format!("/queries/{id}/statement"), &[("accept", "application/pdf")], None).await;
        fits(&document, "/queries/{id}/statement", "get", &pdf);
    }

    async fn the_description_names_this_body(stage) {
        let served = stage.visitor().get("/api/v1/openapi.json").await;
        let document: Value = serde_json::from_slice(&served.body).unwrap();
        let server = document["servers"][0]["url"].as_str().unwrap();
        assert_eq!(server, format!("{}/api/v1", stage.portal.as_str().trim_end_matches('/')));
    }
}
