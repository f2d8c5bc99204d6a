//! A creditor: positions in memory, and the `paForNode` service on a port of its own.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use axum::routing::post;
use italia::FiscalCode;
use jiff::civil::date;
use pagopa::node::{AmountOption, CONTENT_TYPE, Fault, FaultCode, PayableNotice, Request, Response};
use pagopa::{AccountPayment, Amount, Code, Iban, NoticeNumber, Payment, Receipt, Subject, SubjectId, Text};
use tokio::net::TcpListener;
use tokio::sync::Barrier;
use url::Url;

/// A running creditor.
#[derive(Clone)]
pub(super) struct Station {
    pub url: Url,
    shared: Arc<Mutex<Shared>>,
}

#[derive(Default)]
pub(super) struct Shared {
    pub positions: HashMap<NoticeNumber, Position>,
    /// Every copy of a receipt that came in, with whether it was the first of its kind.
    pub receipts: Vec<(Receipt, bool)>,
    /// The operations that were asked for, in order.
    pub asked: Vec<String>,
    pub mode: Mode,
    /// When set, receipts wait for each other before they are answered.
    pub meeting: Option<Arc<Barrier>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Position {
    pub cents: u64,
    pub paid: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Mode {
    #[default]
    Well,
    /// HTTP status 503 to everything.
    Down,
    /// `KO` with a system error to receipts.
    Failing,
    /// Receipts that were seen before are refused with `PAA_RECEIPT_DUPLICATA`.
    Pedantic,
    /// Transfers that do not add up.
    Wrong,
}

impl Station {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = Url::parse(&format!("http://{}/pagopa/segreto/", listener.local_addr().unwrap())).unwrap();
        let station = Self { url, shared: Arc::default() };
        let router = Router::new().route("/pagopa/segreto/", post(answer)).with_state(station.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        station
    }

    pub(super) fn shared(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap()
    }

    pub(super) fn owe(&self, notice: NoticeNumber, cents: u64) {
        self.shared().positions.insert(notice, Position { cents, paid: false });
    }

    /// How many receipts came, counting each once.
    pub(super) fn distinct(&self) -> usize {
        self.shared().receipts.iter().filter(|(_, first)| *first).count()
    }

    pub(super) fn copies(&self) -> usize {
        self.shared().receipts.len()
    }
}

async fn answer(State(station): State<Station>, headers: HeaderMap, body: Bytes) -> axum::response::Response {
    let request = Request::parse(&body).expect("the node writes what the schema says");
    let action = format!("\"{}\"", request.operation());
    assert_eq!(headers["soapaction"], action.as_str());
    assert_eq!(headers["content-type"], CONTENT_TYPE);
    let (mode, meeting) = {
        let mut shared = station.shared();
        shared.asked.push(request.operation().to_string());
        (shared.mode, shared.meeting.clone())
    };
    if mode == Mode::Down {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    if let (Request::SendReceipt(_), Some(meeting)) = (&request, meeting) {
        meeting.wait().await;
    }
    let response = station.shared().decide(request);
    let status = StatusCode::from_u16(response.http_status()).unwrap();
    let mut xml = response.to_xml();
    if mode == Mode::Wrong {
        // Only a creditor with another library can send this.
        let text = String::from_utf8(xml).unwrap();
        xml = text.replace("<transferAmount>", "<transferAmount>1").into_bytes();
    }
    (status, [("content-type", CONTENT_TYPE)], xml).into_response()
}

impl Shared {
    fn decide(&mut self, request: Request) -> Response {
        assert_eq!(request.addressing().station.as_str(), "01199250158_01");
        let position = self.positions.get(&request.notice()).copied();
        let refuse = |code| Response::refusal(request.operation(), Fault::new(code, super::creditor()));
        match &request {
            Request::SendReceipt(sent) => self.store(&sent.receipt),
            _ => match position {
                None => refuse(FaultCode::PaymentUnknown),
                Some(Position { paid: true, .. }) => refuse(FaultCode::PaymentDuplicate),
                Some(Position { cents, .. }) => offer(&request, cents),
            },
        }
    }

    fn store(&mut self, receipt: &Receipt) -> Response {
        let known = self.receipts.iter().any(|(earlier, _)| earlier.receipt_id == receipt.receipt_id);
        let fault = |code| Response::SendReceipt(Err(Fault::new(code, super::creditor())));
        if self.mode == Mode::Failing {
            return fault(FaultCode::SystemError);
        }
        self.receipts.push((receipt.clone(), !known));
        if let Some(position) = self.positions.get_mut(&receipt.notice) {
            position.paid = true;
        }
        if known && self.mode == Mode::Pedantic {
            fault(FaultCode::ReceiptDuplicate)
        } else {
            Response::SendReceipt(Ok(()))
        }
    }
}

fn offer(request: &Request, cents: u64) -> Response {
    let amount = Amount::from_cents(cents).unwrap();
    if matches!(request, Request::VerifyPaymentNotice(_)) {
        return Response::VerifyPaymentNotice(Ok(PayableNotice {
            amount,
            option: AmountOption::Exact,
            due_date: Some(date(2026, 12, 31)),
            detail: None,
            all_ccp: false,
            description: Text::fit("Quota <2027> & arretrati"),
            creditor: super::creditor(),
            company_name: Text::fit("Albo di esempio"),
            office_name: None,
        }));
    }
    let debtor = FiscalCode::parse("00743110157").unwrap();
    Response::GetPayment(Ok(Box::new(Payment::to_account(AccountPayment {
        reference: request.notice().iuv(),
        amount,
        due_date: date(2026, 12, 31),
        description: "Quota 2027",
        creditor: super::creditor(),
        company_name: "Albo di esempio",
        iban: Iban::parse("IT60X0542811101000000123456").unwrap(),
        category: Code::parse("0101101IM").unwrap(),
        debtor: Subject::new(SubjectId::organisation(&debtor), "AUTOTRASPORTI ESEMPIO SRL"),
    }))))
}
