//! Metadata policies, operator by operator.

use serde_json::{Value, json};
use spid::federation::policy::{MetadataPolicy, PolicyError, check_critical};

use super::world::object;

fn policy(operators: Value) -> Result<MetadataPolicy, PolicyError> {
    MetadataPolicy::read(&object(json!({ "p": operators })))
}

/// What becomes of parameter `p`; null is absent.
fn outcome(operators: Value, parameter: Value) -> Result<Value, PolicyError> {
    let mut metadata = object(json!({ "p": parameter, "other": 1 }));
    policy(operators)?.apply(&mut metadata)?;
    assert_eq!(metadata["other"], 1);
    Ok(metadata.remove("p").unwrap_or(Value::Null))
}

fn good(operators: Value, parameter: Value, expected: Value) {
    assert_eq!(outcome(operators.clone(), parameter.clone()), Ok(expected), "{operators} on {parameter}");
}

fn unsatisfied(operators: Value, parameter: Value) {
    let found = outcome(operators.clone(), parameter.clone());
    assert!(matches!(found, Err(PolicyError::Unsatisfied { .. })), "{operators} on {parameter}: {found:?}");
}

#[test]
fn operators_do_what_they_say() {
    good(json!({ "value": "x" }), json!("y"), json!("x"));
    good(json!({ "value": ["x"] }), Value::Null, json!(["x"]));
    good(json!({ "value": null }), json!("y"), Value::Null);
    good(json!({ "add": ["a", "b"] }), json!(["b", "c"]), json!(["b", "c", "a"]));
    good(json!({ "add": ["a"] }), Value::Null, json!(["a"]));
    good(json!({ "default": "x" }), Value::Null, json!("x"));
    good(json!({ "default": "x" }), json!("y"), json!("y"));
    good(json!({ "one_of": ["x", "y"] }), json!("y"), json!("y"));
    good(json!({ "one_of": ["x"] }), Value::Null, Value::Null);
    good(json!({ "superset_of": ["a"] }), json!(["a", "b"]), json!(["a", "b"]));
    good(json!({ "superset_of": ["a"] }), Value::Null, Value::Null);
    good(json!({ "essential": true }), json!({ "an": "object" }), json!({ "an": "object" }));
    good(json!({ "regexp": "^x" }), json!("y"), json!("y"));
    unsatisfied(json!({ "one_of": ["x"] }), json!("y"));
    unsatisfied(json!({ "one_of": ["x"] }), json!(["x"]));
    unsatisfied(json!({ "superset_of": ["a", "b"] }), json!(["a"]));
    unsatisfied(json!({ "essential": true }), Value::Null);
    unsatisfied(json!({ "add": ["a"] }), json!("text"));
    unsatisfied(json!({ "subset_of": ["a"] }), json!("a"));
}

#[test]
fn the_table_of_the_standard_holds() {
    // OpenID Federation 1.0, table 1.
    for essential in [true, false] {
        let operators = json!({ "essential": essential, "subset_of": ["a", "b", "c"] });
        good(operators.clone(), json!(["a", "e"]), json!(["a"]));
        good(operators.clone(), json!(["d", "e"]), json!([]));
        if essential {
            unsatisfied(operators, Value::Null);
        } else {
            good(operators, Value::Null, Value::Null);
        }
    }
}

#[test]
fn operators_apply_in_their_order() {
    good(json!({ "add": ["b"], "default": ["z"], "superset_of": ["b"] }), Value::Null, json!(["b"]));
    good(json!({ "default": "x", "one_of": ["x"], "essential": true }), Value::Null, json!("x"));
    good(
        json!({ "add": ["a"], "subset_of": ["a", "b"], "superset_of": ["a"], "essential": true }),
        json!(["b", "c"]),
        json!(["b", "a"]),
    );
    // The cut comes first, so that what was cut away is missed.
    unsatisfied(json!({ "subset_of": ["a", "b"], "superset_of": ["a"] }), json!(["b", "c"]));
}

#[test]
fn a_scope_is_a_list_in_one_text() {
    let apply = |operators: Value, scope: Value| {
        let mut metadata = object(json!({ "scope": scope }));
        MetadataPolicy::read(&object(json!({ "scope": operators }))).unwrap().apply(&mut metadata)?;
        Ok::<_, PolicyError>(metadata.remove("scope"))
    };
    let italian = json!({ "superset_of": ["openid"], "subset_of": ["openid", "offline_access"] });
    assert_eq!(apply(italian.clone(), json!("openid profile")), Ok(Some(json!("openid"))));
    assert!(apply(italian, json!("profile")).is_err());
    assert_eq!(apply(json!({ "default": ["openid", "email"] }), Value::Null), Ok(Some(json!("openid email"))));
}

#[test]
fn contradictions_in_one_policy_are_refused() {
    for operators in [
        json!({ "value": ["a"], "add": ["b"] }),
        json!({ "value": null, "default": "x" }),
        json!({ "value": "x", "one_of": ["y"] }),
        json!({ "value": ["a", "z"], "subset_of": ["a"] }),
        json!({ "value": ["a"], "superset_of": ["a", "b"] }),
        json!({ "value": null, "essential": true }),
        json!({ "add": ["z"], "subset_of": ["a"] }),
        json!({ "one_of": ["a"], "subset_of": ["a"] }),
        json!({ "one_of": ["a"], "superset_of": ["a"] }),
        json!({ "one_of": ["a"], "add": ["a"] }),
        json!({ "subset_of": ["a"], "superset_of": ["a", "b"] }),
    ] {
        assert!(matches!(policy(operators.clone()), Err(PolicyError::Combination { .. })), "{operators}");
    }
    for operators in [
        json!({ "value": ["a"], "add": ["a"], "default": ["q"], "subset_of": ["a"], "superset_of": ["a"], "essential": true }),
        json!({ "value": null, "essential": false }),
        json!({ "subset_of": ["a", "b"], "superset_of": ["a"] }),
    ] {
        assert!(policy(operators.clone()).is_ok(), "{operators}");
    }
}

#[test]
fn operators_of_another_shape_are_refused() {
    for operators in [
        json!({ "add": "a" }),
        json!({ "default": null }),
        json!({ "one_of": [] }),
        json!({ "one_of": "a" }),
        json!({ "subset_of": {} }),
        json!({ "superset_of": [["a"]] }),
        json!({ "essential": "true" }),
    ] {
        assert!(matches!(policy(operators.clone()), Err(PolicyError::Shape { .. })), "{operators}");
    }
    assert_eq!(policy(json!("value")), Err(PolicyError::Form));
}

#[test]
fn superiors_can_only_tighten() {
    let merge = |upper: Value, lower: Value| policy(upper).unwrap().merge(policy(lower).unwrap());
    let same = |upper, lower, expected| assert_eq!(merge(upper, lower), policy(expected));
    same(json!({ "subset_of": ["a", "b"] }), json!({ "subset_of": ["b", "c"] }), json!({ "subset_of": ["b"] }));
    same(json!({ "subset_of": ["a"] }), json!({ "subset_of": ["b"] }), json!({ "subset_of": [] }));
    same(json!({ "superset_of": ["a"] }), json!({ "superset_of": ["b"] }), json!({ "superset_of": ["a", "b"] }));
    same(json!({ "add": ["a"] }), json!({ "add": ["b", "a"] }), json!({ "add": ["a", "b"] }));
    same(json!({ "one_of": ["a", "b"] }), json!({ "one_of": ["b"] }), json!({ "one_of": ["b"] }));
    same(json!({ "essential": true }), json!({ "essential": false }), json!({ "essential": true }));
    same(json!({ "value": 1 }), json!({ "value": 1 }), json!({ "value": 1 }));
    for (upper, lower) in [
        (json!({ "value": 1 }), json!({ "value": 2 })),
        (json!({ "value": null }), json!({ "value": 2 })),
        (json!({ "default": 1 }), json!({ "default": 2 })),
        (json!({ "one_of": ["a"] }), json!({ "one_of": ["b"] })),
    ] {
        assert!(matches!(merge(upper, lower), Err(PolicyError::Conflict { .. })));
    }
    // Each alone is right; together they contradict one another.
    let together = merge(json!({ "subset_of": ["a"] }), json!({ "superset_of": ["b"] }));
    assert!(matches!(together, Err(PolicyError::Combination { .. })));
    let escape = merge(json!({ "one_of": ["RS256"] }), json!({ "value": "none" }));
    assert!(matches!(escape, Err(PolicyError::Combination { .. })));
}

#[test]
fn critical_operators_must_be_known() {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    assert_eq!(check_critical(&names(&["value", "subset_of"])), Ok(()));
    assert_eq!(check_critical(&names(&["regexp"])), Err(PolicyError::Unknown("regexp".to_owned())));
}
