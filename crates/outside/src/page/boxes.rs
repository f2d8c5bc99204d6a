use super::texts::Texts; use crate::world::World;
#[derive(Debug)] pub(super) struct BoxRow { pub(super) link:String, pub(super) address:String, pub(super) kind:&'static str, pub(super) behaviour:String, pub(super) tone:&'static str, pub(super) messages: usize}
pub(super) fn rows(_:&World,_:&Texts)->Vec<BoxRow>{vec![]}
pub(super) async fn list(){} pub(super) async fn mailbox(){} pub(super) async fn set_behaviour(){} pub(super) async fn message(){} pub(super) async fn attachment(){}
pub(super) async fn api_list(){} pub(super) async fn api_messages(){} pub(super) async fn api_behaviour(){}
