# The words of the page shell and of the components. What a desk says is in the texts of the desk.

## The shell

shell-skip-content = Skip to main content
shell-skip-help = Skip to help and contacts
shell-error-prefix = Error:
shell-home = Home
shell-menu = Main menu
shell-breadcrumb = Breadcrumb
shell-other-language = Italiano
shell-sign-in = Sign in
shell-sign-out = Sign out
shell-account = Your profile
shell-user-menu = Personal menu of { $name }
shell-notices = Service notices
shell-help-title = Do you need help?
shell-help-phone = Call
shell-help-email = Write to { $email }
shell-help-email-hint = We answer in writing
shell-help-problem = Report a problem with this page
shell-help-problem-hint = Also about accessibility
shell-help-problem-subject = Problem with the page “{ $title }”
shell-accessibility = Accessibility statement
shell-privacy = Privacy notice
shell-checked-on = Pages checked on { $date }
shell-version = Version { $version }
shell-cookies = This site only uses the cookies it needs to work.
shell-refresh = This page updates itself.
shell-refresh-now = Update now

## Words for the tone of a message, for those who do not see its colour

ui-tone-neutral = Note
ui-tone-info = Information
ui-tone-success = Done
ui-tone-warning = Warning
ui-tone-danger = Error

## Forms

ui-optional = (optional)
ui-error = Error:
ui-error-summary-count = { $count ->
    [one] There is one thing to put right
   *[other] There are { $count } things to put right
}
ui-choose = Choose
ui-password-show = Show
ui-password-hide = Hide
ui-password-suffix = the password
ui-rules-title = The password must:
ui-rule-met = met
ui-rule-unmet = not met
ui-rules-all = The password meets all the rules.
ui-rules-missing = Rules still to meet: #.
ui-continue = Continue
ui-back = Back
ui-save = Save and resume later
ui-change = Change

## Steps, times, lists

ui-step = Step { $current } of { $total }
ui-step-past = completed
ui-timeline-past = Done
ui-timeline-now = Now
ui-timeline-future = Later
ui-progress = { $done } of { $total }
ui-pages = Pages of the list
ui-page = Page { $page }
ui-page-previous = Previous
ui-page-next = Next
ui-copy = Copy
ui-copied = Copied
ui-table-scroll = Table: { $caption }

## Error pages
failure-request = If you write to us, give this code: { $id }
failure-home = Back to the home page
failure-bad-request-title = We did not understand the request
failure-bad-request-text = What was sent is incomplete or cannot be read. Nothing was recorded.
failure-bad-request-next = Go back, reload the page and try again.
failure-not-found-title = Page not found
failure-not-found-text = The address does not exist, or the page is not meant for you.
failure-not-found-next = Check the address. If you followed a link in a message, copy it in full.
failure-forbidden-title = Not allowed
failure-forbidden-text = Your profile does not allow this.
failure-forbidden-next = If you registered in the simplified way, you can ask for the full profile on the “Profile” page. If you work in the office, this belongs to another role.
failure-too-large-title = Too large
failure-too-large-text = What you sent exceeds the allowed size. Nothing was recorded.
failure-too-large-next = Make it smaller and try again.
failure-too-many-title = Too many requests
failure-too-many-text = Too many requests are coming from your network in a short time.
failure-too-many-next = { $seconds ->
    [one] Try again in one second.
   *[other] Try again in { $seconds } seconds.
 }
failure-cross-site-title = Request not accepted
failure-cross-site-text = The form was sent from another site: for your safety we did not accept it.
failure-cross-site-next = Open the portal from its own address and try again.
failure-busy-title = Very busy
failure-busy-text = Too many people are signing in at this moment. Nothing that you have done is lost.
failure-busy-next = Try again in a few seconds.
failure-outside-title = An outside service does not answer
failure-outside-text = It is not your fault. Nothing that you have done is lost.
failure-outside-next = Try again in a few minutes.
failure-internal-title = Something went wrong
failure-internal-text = The fault is ours and has been recorded. What you had confirmed is safe.
failure-internal-next = Try again. If it happens again, contact the help desk.

## Privacy
privacy-title = Privacy notice
privacy-who = The data controller is { $owner }.
privacy-what-title = Which data we process
privacy-what = The firm’s data in the register, the contacts that you give us, the payments and what you do on the portal.
privacy-why-title = Why
privacy-why = To manage registration, the yearly fee and assistance, as the rules that establish the register provide.
privacy-cookies-title = Cookies
privacy-cookies = We only use technical cookies: sign-in, language and confirmation messages. No profiling cookies and no third-party service.
privacy-rights-title = Your rights
privacy-rights = You can ask for access, correction and deletion by writing to { $email }.

## Roles
role-first-level = First-level assistance
role-second-level = Second-level assistance
role-administrator = System administrator
role-committee = Committee

## Sign-in with a digital identity

identity-enter = Enter with SPID
identity-link = Link your SPID identity
identity-enter-cie = Enter with CIE
identity-link-cie = Link your electronic identity card
identity-opens = From { $date } you will be able to sign in with SPID too.
identity-no-list = At the moment nobody can sign in with SPID: the list of providers has not come yet. Try again in a few minutes.
identity-choose-title = Enter with SPID
identity-choose-lead = Choose the provider of your digital identity.
identity-more = More information
identity-get = No SPID yet?
identity-help = Need help?
identity-unknown-title = Provider not available
identity-unknown-text = At the moment the provider you chose is not in the list of accredited ones. Choose another.
identity-other-ways = Other ways to sign in
identity-again = Try { $way } again
identity-carry-title = On your way to the provider
identity-carry-text = If the page does not go on by itself, press “Continue”.
identity-refused-title = Sign-in with { $way } failed
identity-refused-crumb = Sign-in failed
identity-gone-title = Sign-in not completed
identity-gone-again = Back to the sign-in page
identity-late-text = This answer of the provider is no longer of use: it was used before, too much time has passed, or the sign-in began in another browser.
identity-late-next = Start again from here, in the same window. Nothing that you had already done is lost.
identity-no-tax-code-text = The provider did not send us your tax code: without it we cannot know which profile is yours.
identity-no-tax-code-next = Try again. If it happens again, ask the provider of your identity.
identity-wrong-credentials-text = The provider did not recognise your credentials, after several tries.
identity-wrong-credentials-next = Check the user name and password of your identity, or recover them on the provider’s site, then try again.
identity-level-text = The identity you used has no credentials of the level that this service needs.
identity-level-next = Ask the provider for credentials of a higher level, then try again.
identity-timeout-text = Too much time passed while you were on the provider’s site.
identity-timeout-next = Try again, and complete the sign-in without a break.
identity-consent-text = You did not agree that your data be sent to this service.
identity-consent-next = Without consent nobody can sign in this way. If you want to go on, try again and agree.
identity-blocked-text = The provider says that your identity is suspended or revoked, or that the credentials are blocked.
identity-blocked-next = Ask the provider of your identity: we cannot unblock it. Meanwhile you can sign in in another way.
identity-cancelled-text = You cancelled the sign-in.
identity-cancelled-next = If you want to enter, try again.
identity-kind-text = An identity of another kind is needed, for example one for professional use.
identity-kind-next = Try again with an identity of that kind, or ask your provider for one.
identity-provider-fault-text = The provider’s answer is not valid, so we did not accept it. It is not your fault.
identity-provider-fault-next = Try again in a few minutes. If it happens again, ask the provider of your identity, or sign in in another way.
identity-our-fault-text = The provider did not accept our request. The fault is ours and has been recorded.
identity-our-fault-next = Try again in a few minutes, or sign in in another way. If it happens again, contact our help desk.
identity-silent-text = The identification system does not answer at the moment. It is not your fault.
identity-silent-next = Try again in a few minutes, or sign in in another way.
identity-accounts-title = For whom do you want to enter?
identity-accounts-lead = With your identity you can enter several profiles.
identity-no-account-title = No profile with your identity
identity-no-account-text = We have recognised you: { $name }, tax code { $code }. But no profile that is registered here has this code.
identity-no-account-next = What you can do
identity-no-account-link = If the firm is registered, sign in with its member number and link your identity on the page “Profile”:
identity-no-account-register = If the firm is not registered yet, start here:
identity-no-account-help = If you think this is a mistake, contact our help desk: phone and e-mail are at the foot of the page.
identity-register = Register the firm
identity-people-title = Who can enter with their own identity
identity-people-lead = You can link your digital identity to this profile: from then on you enter with it, without member number and password.
identity-since = linked on { $date }
identity-linked = Identity linked: from now on you can enter without member number and password.
identity-unlink = Unlink
identity-unlinked = Identity unlinked.
identity-left = You have left the portal.
identity-left-everywhere = You have left the portal, and your session at the identity provider has ended.
identity-left-partly = You have left the portal, but the provider could not end all sessions: close the browser to be sure.
identity-farewell-title = You have left the portal
identity-farewell-text = At the provider of your identity your session is still open: other services might recognise you without asking for your password.
identity-farewell-leave = Leave the provider too
identity-raise-title = To go on you need your digital identity
identity-raise-text = This needs an identity of level { $level }. Prove who you are with an identity that may enter this profile: then you come back here.
identity-raise-nobody = At the moment there is no way to do so from here. Contact our help desk.
identity-other-person-title = This identity cannot enter this profile
identity-other-person-text = We know who you are, but your identity is not linked to the profile that is open now.
identity-other-person-next = Link your identity on the page “Profile” first, or do it again with the identity of the person who is linked already. Nothing has changed.
identity-to-profile = Go to the profile
identity-confirm-title = Link this identity?
identity-confirm-lead = { $name } will be able to enter this profile from now on.
identity-confirm-text = Confirm with the profile’s PIN. The profile’s address gets a message.
identity-confirm-button = Link
identity-pin = PIN
identity-pin-hint = Six digits, sent with the credentials.
identity-pin-wrong = { $left ->
    [one] The PIN is not correct. One try is left.
   *[other] The PIN is not correct. { $left } tries are left.
}
identity-pin-suspended = Too many wrong PINs: ask the help desk for new credentials

## Sign-in with a card (CNS)

identity-card-enter = Enter with CNS
identity-card-link = Link your CNS
identity-card-hint = With the activated health card, the CNS, a regional card or the CIE: you need a reader connected to the computer, with its software installed, and the PIN. Insert the card before you press the button.
identity-card-linked = Card linked: from now on you can enter with CNS.
identity-card-farewell-text = Take the card out of the reader and close all windows of the browser.
identity-card-farewell-next = As long as the card is in the reader, or the browser is open, whoever uses this computer after you could enter in your name.
identity-card-refused-title = Sign-in with CNS failed
identity-card-again = Try CNS again
identity-card-no-card-text = The browser showed us no certificate: the card was not in the reader, the reader was not recognised, or the choice of the certificate was cancelled.
identity-card-no-card-next = Insert the card into the reader, close all windows of the browser (otherwise it remembers the earlier choice) and start again. If the browser does not ask for the certificate, check that the card’s software is installed.
identity-card-late-text = This sign-in is no longer of use: it was used before, too much time has passed, or it began in another browser.
identity-card-late-next = Start again from here, in the same window. Nothing that you had already done is lost.
identity-card-expired-text = The certificate of your card has expired.
identity-card-expired-next = This is not up to us and we cannot accept it: ask for a new card from the body that issued it (for the health card, your ASL or your Region). Meanwhile you can sign in in another way.
identity-card-not-yet-valid-text = The certificate of your card is not valid yet.
identity-card-not-yet-valid-next = Try again when its validity has begun, or ask the body that issued the card.
identity-card-revoked-text = The body that issued the certificate says that it has been revoked or suspended.
identity-card-revoked-next = Ask the body that issued the card: we cannot reactivate it. Meanwhile you can sign in in another way.
identity-card-not-checked-text = We could not check whether your card has been revoked: the body that knows does not answer. The card may be in order.
identity-card-not-checked-next = It is not your fault. Try again in a few minutes, or sign in in another way.
identity-card-untrusted-text = The certificate was issued by an authority that is not on the public list of those recognised for CNS, regional cards and CIE.
identity-card-untrusted-next = If the browser offers you several certificates, close all its windows and choose the card’s. If your card is one of these, tell our help desk: phone and e-mail are at the foot of the page.
identity-card-not-for-authentication-text = The certificate you chose is not for signing in: it is probably the one for signing documents, which is on the same card.
identity-card-not-for-authentication-next = Close all windows of the browser, start again and choose the other certificate, the one for authentication, which begins with your tax code.
identity-card-not-a-card-text = The certificate you chose is not that of a card accepted here.
identity-card-not-a-card-next = Close all windows of the browser, start again and choose your card’s certificate. A certificate that looks like that of a CNS but was sold for other uses does not count.
identity-card-weak-key-text = Your card is of the first series: its key is no longer considered safe.
identity-card-weak-key-next = Ask for a new card from the body that issued it. Meanwhile you can sign in in another way.
identity-card-unreadable-text = The certificate that the browser showed us is not written like that of a card.
identity-card-unreadable-next = Close all windows of the browser, start again and choose your card’s certificate. If it happens again, ask the body that issued it.
identity-card-our-fault-text = At the moment we cannot check cards. The fault is ours and has been recorded.
identity-card-our-fault-next = Try again in a few minutes, or sign in in another way. If it happens again, contact our help desk.

## Problems of the interface for programs

problem-bad-request-title = The request cannot be understood
problem-bad-request-detail = Check the form of the request in the description of the interface.
problem-unauthorized-title = A good key is needed
problem-unauthorized-detail = Send the key as “Authorization: Bearer spk_…”. If you do so already, it has ended, was revoked or is suspended: ask the body.
problem-forbidden-title = Not allowed
problem-forbidden-detail = The key does not allow this operation.
problem-not-found-title = There is no such thing
problem-not-found-detail = The address does not exist, or what it names is not yours or no longer there.
problem-method-not-allowed-title = No such method
problem-method-not-allowed-detail = The address has other methods: see the header Allow.
problem-not-acceptable-title = No such form
problem-not-acceptable-detail = Ask for application/json, application/jose or application/pdf.
problem-too-large-title = The request is too large
problem-too-large-detail = Split it into several requests.
problem-unsupported-media-type-title = No such content type
problem-unsupported-media-type-detail = Send JSON with “Content-Type: application/json”.
problem-unprocessable-title = A value is wrong
problem-unprocessable-detail = The place is given in pointer, or in line and column.
problem-too-many-title = Too many requests
problem-too-many-detail = Wait for the seconds in Retry-After, then repeat it.
problem-busy-title = The service is busy for a moment
problem-busy-detail = Nothing was lost: repeat it soon.
problem-internal-title = An error of ours
problem-internal-detail = Repeat it soon; if it goes on, tell the body the value of instance.
problem-cursor-title = There is no such page
problem-cursor-detail = Use as cursor the value next of the page before, and a limit from 1 to 100.
problem-idempotency-key-title = The Idempotency-Key is wrong
problem-idempotency-key-detail = From 1 to 255 visible characters, without blanks or quotes.
problem-idempotency-reused-title = The Idempotency-Key was used
problem-idempotency-reused-detail = The key belongs to another request: use a new one.
problem-idempotency-busy-title = The same request is under way
problem-idempotency-busy-detail = Wait for the seconds in Retry-After, then repeat it: you will get its answer.
