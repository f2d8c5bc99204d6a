//! Who answers.

use jiff::Timestamp;

use super::assertion::{Assertion, Statement, sign_behind};
use super::error::AnswerError;
use super::form::AnswerForm;
use crate::idp::request::{AcceptedRequest, Rejection, ReplyTo};
use crate::idp::status_of;
use crate::saml::{EntityId, ErrorCode, MessageId, Status, StatusCode, format_instant_finely, names};
use crate::signature::{SignError, SigningKey};
use crate::xml::{Element, ns};

/// An identity provider: its name and its key.
#[derive(Debug, Clone)]
pub struct Provider {
    /// The entity id.
    pub entity_id: EntityId,
    /// The key that its metadata name.
    pub key: SigningKey,
}

/// The identifiers of an answer, of chance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ids {
    /// Of the Response.
    pub response: MessageId,
    /// Of the Assertion.
    pub assertion: MessageId,
}

impl Ids {
    /// Makes both from chance that the caller gives.
    pub fn from_random(response: [u8; 20], assertion: [u8; 20]) -> Self {
        Self { response: MessageId::from_random(response), assertion: MessageId::from_random(assertion) }
    }
}

impl Provider {
    /// Says who the person is. Response and assertion are both signed; the attributes are those that were asked for, as
    /// far as the person has them.
    ///
    /// # Errors
    /// [`AnswerError`] when the level does not answer the request or the key cannot be used.
    pub fn succeed(
        &self,
        request: &AcceptedRequest,
        statement: &Statement<'_>,
        ids: &Ids,
        now: Timestamp,
    ) -> Result<AnswerForm, AnswerError> {
        let reached = statement.authentication.level();
        if !request.is_met_by(reached) {
            return Err(AnswerError::Level { reached });
        }
        let end = now.checked_add(statement.lifetime).map_err(|_| AnswerError::Lifetime)?;
        let assertion = Assertion { provider: self, request, statement, id: &ids.assertion, now, end };
        let signed = assertion.sign()?;
        let status = Status::new(StatusCode::Success);
        let response = self.response(&request.reply_to, &status, &ids.response, now).raw(&signed);
        Ok(AnswerForm::new(self.sign(&response, &ids.response)?, &request.reply_to, assertion.missing()))
    }

    /// Says that there is no identity to give, and why: nr19 to nr30. Without assertion, and signed, which the rules
    /// allow ("Response"): services by others do not read the reason in a Response that nobody signed.
    ///
    /// # Errors
    /// [`SignError`] when the key cannot be used.
    pub fn fail(
        &self,
        reply_to: &ReplyTo,
        code: ErrorCode,
        id: &MessageId,
        now: Timestamp,
    ) -> Result<AnswerForm, SignError> {
        let response = self.response(reply_to, &status_of(code), id, now);
        Ok(AnswerForm::new(self.sign(&response, id)?, reply_to, Vec::new()))
    }

    /// Says what was wrong with the request: nr08 to nr18.
    ///
    /// # Errors
    /// [`SignError`] when the key cannot be used.
    pub fn reject(&self, rejection: &Rejection, id: &MessageId, now: Timestamp) -> Result<AnswerForm, SignError> {
        self.fail(&rejection.reply_to, rejection.code, id, now)
    }

    fn sign(&self, response: &Element, id: &MessageId) -> Result<String, SignError> {
        let issuer = issuer(&self.entity_id, true).to_string();
        sign_behind(&issuer, &response.to_string(), id, &self.key)
    }

    fn response(&self, reply_to: &ReplyTo, status: &Status, id: &MessageId, now: Timestamp) -> Element {
        Element::canonical("samlp:Response")
            .attribute("xmlns:samlp", ns::PROTOCOL)
            .attribute("Destination", &reply_to.consumer_url)
            .attribute("ID", id.as_str())
            .attribute_if("InResponseTo", reply_to.in_response_to.as_ref().map(MessageId::as_str))
            .attribute("IssueInstant", &format_instant_finely(now))
            .attribute("Version", names::VERSION)
            .child(issuer(&self.entity_id, true))
            .child(status_element(status))
    }
}

/// The issuer of responses and assertions, in canonical form: it `declares` the prefix unless its parent does.
pub(super) fn issuer(entity: &EntityId, declares: bool) -> Element {
    Element::canonical("saml:Issuer")
        .attribute_if("xmlns:saml", declares.then_some(ns::ASSERTION))
        .attribute("Format", names::FORMAT_ENTITY)
        .attribute("NameQualifier", entity.as_str())
        .text(entity.as_str())
}

/// `Status` with its parts, in canonical form.
pub(in crate::idp) fn status_element(status: &Status) -> Element {
    let code = |uri: &str| Element::canonical("samlp:StatusCode").attribute("Value", uri);
    let inner = status.substatus.as_deref().map(|short| code(&StatusCode::uri_of(short)));
    let message = status.message.as_deref().map(|text| Element::canonical("samlp:StatusMessage").text(text));
    Element::canonical("samlp:Status").child(code(&status.code.uri()).children(inner)).children(message)
}
