//! The operations of the service and the elements that carry them.

use std::fmt;

/// An operation of `paForNode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Operation {
    /// `paVerifyPaymentNotice`: can this notice be paid, and how much?
    VerifyPaymentNotice,
    /// `paGetPaymentV2`: a payment begins.
    GetPaymentV2,
    /// `paSendRTV2`: a payment was made.
    SendReceiptV2,
    /// `paGetPayment`, the first version; not supported here.
    GetPaymentV1,
    /// `paSendRT`, the first version; not supported here.
    SendReceiptV1,
    /// `paDemandPaymentNotice`, a payment that the payer starts without a notice; not supported here.
    DemandPaymentNotice,
}

impl Operation {
    /// Every operation of the service.
    pub const ALL: [Self; 6] = [
        Self::VerifyPaymentNotice,
        Self::GetPaymentV2,
        Self::SendReceiptV2,
        Self::GetPaymentV1,
        Self::SendReceiptV1,
        Self::DemandPaymentNotice,
    ];

    /// The name, which is also the value of the HTTP header `SOAPAction`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::VerifyPaymentNotice => "paVerifyPaymentNotice",
            Self::GetPaymentV2 => "paGetPaymentV2",
            Self::SendReceiptV2 => "paSendRTV2",
            Self::GetPaymentV1 => "paGetPayment",
            Self::SendReceiptV1 => "paSendRT",
            Self::DemandPaymentNotice => "paDemandPaymentNotice",
        }
    }

    /// The element that carries the request.
    #[must_use]
    pub const fn request_element(self) -> &'static str {
        match self {
            Self::VerifyPaymentNotice => "paVerifyPaymentNoticeReq",
            Self::GetPaymentV2 => "paGetPaymentV2Request",
            Self::SendReceiptV2 => "paSendRTV2Request",
            Self::GetPaymentV1 => "paGetPaymentReq",
            Self::SendReceiptV1 => "paSendRTReq",
            Self::DemandPaymentNotice => "paDemandPaymentNoticeRequest",
        }
    }

    /// The element that carries the response.
    #[must_use]
    pub const fn response_element(self) -> &'static str {
        match self {
            Self::VerifyPaymentNotice => "paVerifyPaymentNoticeRes",
            Self::GetPaymentV2 => "paGetPaymentV2Response",
            Self::SendReceiptV2 => "paSendRTV2Response",
            Self::GetPaymentV1 => "paGetPaymentRes",
            Self::SendReceiptV1 => "paSendRTRes",
            Self::DemandPaymentNotice => "paDemandPaymentNoticeResponse",
        }
    }

    pub(super) fn of_request(element: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operation| operation.request_element() == element)
    }

    pub(super) fn of_response(element: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operation| operation.response_element() == element)
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
