//! The mailbox server: IMAP4rev1 (RFC 3501) with `IDLE`, `UNSELECT`, `SASL-IR` and `LITERAL+`.

mod fetch;
mod folder;
mod messages;
mod search;
mod session;
mod token;

use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::task::JoinSet;

use super::post::Post;

/// Serves connections until it is dropped, and its connections with it.
pub(super) async fn serve(listener: TcpListener, post: Arc<Post>) {
    let mut sessions = JoinSet::new();
    loop {
        tokio::select! {
            connection = listener.accept() => match connection {
                Ok((stream, _)) => {
                    let post = Arc::clone(&post);
                    sessions.spawn(async move {
                        if let Err(error) = session::run(stream, &post).await {
                            tracing::debug!(%error, "an IMAP connection ended");
                        }
                    });
                }
                Err(error) => tracing::warn!(%error, "an IMAP connection was not accepted"),
            },
            Some(_) = sessions.join_next() => {}
        }
    }
}
