//! The SMTP servers (RFC 5321): one for ordinary mail, one that is a PEC provider's access point.

mod command;
mod session;

use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::task::JoinSet;

pub(super) use session::Role;

use super::post::Post;

/// Serves connections until it is dropped, and its connections with it.
pub(super) async fn serve(listener: TcpListener, post: Arc<Post>, role: Role) {
    let mut sessions = JoinSet::new();
    loop {
        tokio::select! {
            connection = listener.accept() => match connection {
                Ok((stream, _)) => {
                    let post = Arc::clone(&post);
                    sessions.spawn(async move {
                        if let Err(error) = session::run(stream, &post, role).await {
                            tracing::debug!(%error, "an SMTP connection ended");
                        }
                    });
                }
                Err(error) => tracing::warn!(%error, "an SMTP connection was not accepted"),
            },
            Some(_) = sessions.join_next() => {}
        }
    }
}
