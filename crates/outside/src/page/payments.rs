use crate::world::World;
pub(super) fn counts(_:&World)->(usize,usize){(0,0)}
pub(super) async fn page(){} pub(super) async fn deliver(){} pub(super) async fn api_list(){} pub(super) async fn api_deliver(){}
