//! Who may do what: the golden table. A changed permission shows as a changed line here.

use sportello_core::access::{Operation, Role};

#[test]
fn the_permission_table() {
    let head: String = Role::ALL.iter().map(|r| format!(" {r:?}")).collect();
    let line = |op: &Operation| {
        let marks: String = Role::ALL.iter().map(|r| if op.allows(*r) { " ✔" } else { " ·" }).collect();
        format!("{:<24}{marks}\n", op.key())
    };
    let table: String = Operation::ALL.iter().map(line).collect();
    insta::assert_snapshot!(format!("{head}\n{table}"));
}
