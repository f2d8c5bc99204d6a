
## Fee: computation, errors
fee-object = Quota Albo autotrasportatori { $year }
fee-line-fixed = Fixed enrolment fee
fee-line-fleet-band = Fee by number of vehicles: { $band }
fee-line-mass-band = Vehicles with a mass in kg: { $band }
fee-error-no-such-year = This portal has no fee for this year. Check the year, or write to the help desk.
fee-error-not-open = The fee cannot be paid yet. Come back from the date given on the home page.
fee-error-closed = The fee can no longer be paid on this portal. Write to the help desk: they will tell you how to put the firm in order.
fee-error-not-owed = The firm does not owe this fee: on 31 December of the year before it was not enrolled in the Albo. If that is wrong, write to the help desk.
fee-error-no-fleets = The firms’ vehicles for this year have not been loaded yet, so the amount cannot be computed. Try again in the next days: there is nothing else to do.
fee-error-mass = A mass is not possible: give kilograms, from 1 to 100000, without separators.
fee-error-paid = The fee is paid already: there is nothing to compute again.
fee-error-internal = We cannot compute the fee because of a problem of the portal, not yours. Try again in a few minutes.
vehicle-lorry = Lorry
vehicle-tractor = Tractor unit
vehicle-trailer = Trailer
vehicle-semitrailer = Semi-trailer

## Claims about the fleet
claim-state-open = Being examined
claim-state-accepted = Accepted
claim-state-refused = Refused
claim-error-no-message = Write what is not right about the fleet.
claim-error-message-too-long = The message is longer than 2000 characters: shorten it.
claim-error-too-many = The list has more than 5000 vehicles. Check it, or write to the help desk.
claim-error-mass = A vehicle has a mass that is not possible: give kilograms, from 1 to 100000, without separators.
claim-error-twice = A number plate stands in the list twice: remove one of the two.
claim-error-nothing-differs = The list is the same as ours: change, add or remove the vehicles that are not right.
claim-error-paid = The fee is paid already, so the fleet cannot be changed here. For a refund or a correction write to the help desk.
claim-error-already-open = A claim for this year is being examined already. Wait for the answer: it comes by e-mail.
claim-error-no-such-claim = There is no such claim. Go back to the list.
claim-error-decided = The claim was already decided otherwise. Reload the page to see how.
claim-error-no-reason = Write the reason: whoever made the claim must know why it is refused.

## Imports
import-error-no-rows = The file has no rows below its header. Check that you chose the right file.
import-error-too-large = The file is larger than 256 MB. Split it and load the parts one after the other.
import-error-not-utf8 = Line { $detail } has a character that is not UTF-8. Save the file as “CSV UTF-8” and load it again.
import-error-unknown-column = There must be no column “{ $detail }”. Remove it or correct its name.
import-error-missing-column = The column “{ $detail }” is missing. Add it with this name in the first row.
import-error-column-twice = The column “{ $detail }” stands twice. Leave one.
import-error-no-suspensions = Firms on record are suspended, and the file says nothing about suspensions: it would be uncertain which of them go on. Add the columns sospesa_dal and sospesa_al, empty for firms that are not suspended, and upload the file again.
import-error-no-year = Choose the fee year that the vehicles belong to.
import-error-no-such-year = There is no fee for the year { $detail }.
import-error-no-such-import = There is no such import. Go back to the list.
import-error-dropped = The import was dropped: load the file again to apply it.
import-error-applied = The import was applied already: it can no longer be dropped.
import-error-read = The file cannot be read as CSV. Open it with a spreadsheet, save it as “CSV UTF-8” and load it again.
import-error-internal = The import failed because of a problem of the portal. Nothing was changed: try again.
import-row-cells = The number of cells is not that of the header.
import-row-empty = The cell is empty.
import-row-too-long = The text is longer than 200 characters.
import-row-twice = The value stands in an earlier row already.
import-row-unknown-firm = No firm in the register has this tax code.
import-row-albo-taken = This enrolment number belongs to another firm.
import-row-albo-empty = The enrolment number is missing.
import-row-albo-form = An enrolment number is written like RM/0001234/A.
import-row-albo-province = The enrolment number does not begin with the letters of a province.
import-row-albo-number = After the province there must be 1 to 7 digits.
import-row-albo-letter = An enrolment number ends with a letter.
import-row-tax-code-empty = The tax code is missing.
import-row-tax-code-length = A tax code has 16 characters, or 11 digits.
import-row-tax-code-illegal-character = The tax code has a character that cannot stand there.
import-row-tax-code-check-character = A character of the tax code is wrong: the check at its end fails.
import-row-tax-code-check-digit = A digit of the tax code is wrong: the check at its end fails.
import-row-tax-code-birth-date = The birth date inside the tax code does not exist.
import-row-tax-code-birthplace = The birthplace inside the tax code does not exist.
import-row-plate-empty = The number plate is missing.
import-row-plate-illegal-character = The number plate has a character that is neither a letter nor a digit.
import-row-plate-length = A number plate has 4 to 10 characters.
import-row-kind = The type is autocarro, trattore, rimorchio or semirimorchio.
import-row-mass-form = The mass is written in kilograms, with digits only.
import-row-mass-range = The mass is from 1 to 100000 kg.
import-row-date-form = A date is written 2016-11-19 or 19/11/2016.
import-row-date-no-such-day = The calendar has no such day.
import-row-date-order = The removal is before the enrolment.
import-row-suspended-early = The suspension begins before the enrolment.
import-row-suspended-order = The suspension ends before it begins.
import-row-suspended-start = There is the end of a suspension and no beginning.
import-csv-line = line
import-csv-column = column
import-csv-found = value
import-csv-reason = reason

## Receipt as PDF
paper-receipt-file = receipt
paper-receipt-title = Payment receipt no. { $number }
paper-receipt-subject = Albo enrolment fee for the year { $year }
paper-receipt-statement = The payment described below was received through pagoPA.
paper-receipt-footer = Receipt no. { $number }. It can be printed again at any time from the portal’s payments page.
paper-receipt-surplus-title = Payment to be checked
paper-receipt-surplus = The amount was received, but no fee was open for it. The help desk checks it and will say how to get a refund.
paper-firm = Firm
paper-tax-code = Tax code
paper-member-code = Member code (matricola)
paper-albo-number = Albo enrolment
paper-year = Fee year
paper-amount-paid = Amount paid
paper-psp = Payment service provider
paper-paid-at = Date and time of payment
paper-notice-number = Notice code
paper-receipt-id = Receipt identifier
paper-receipt-computation = How the fee is computed
paper-receipt-basis = { $count ->
    [0] { $act }. Fleet on { $date }: no vehicle.
    [one] { $act }. Fleet on { $date }: one vehicle.
   *[other] { $act }. Fleet on { $date }: { $count } vehicles.
  }
paper-receipt-lines = Lines of the fee
paper-column-line = Item
paper-column-each = Each
paper-column-amount = Amount
paper-column-source = Source
paper-total = Total
paper-thousands = { "," }
paper-line-fixed = Fixed enrolment fee
paper-line-fleet = { $vehicles ->
    [0] No vehicle (band from { $from } to { $to })
    [one] One vehicle (band from { $from } to { $to })
   *[other] { $vehicles } vehicles (band from { $from } to { $to })
  }
paper-line-fleet-open = { $vehicles } vehicles (band from { $from } up)
paper-line-mass-first = { $count ->
    [one] One vehicle up to { $to } kg
   *[other] { $count } vehicles up to { $to } kg
  }
paper-line-mass = { $count ->
    [one] One vehicle from { $from } to { $to } kg
   *[other] { $count } vehicles from { $from } to { $to } kg
  }
paper-line-mass-open = { $count ->
    [one] One vehicle from { $from } kg up
   *[other] { $count } vehicles from { $from } kg up
  }

## Messages with the receipt and with the outcome of a claim
notice-receipt-subject = Payment receipt no. { $number }
notice-receipt-text =
    We have received the payment of the fee { $year }: { $amount }.

    Receipt no. { $number } is attached as a PDF. You can print it again at any time from the payments page of { $portal }:
    { $url }
notice-receipt-pec =
    This address is a certified mailbox (PEC) and the receipt comes by ordinary e-mail: check that the box accepts messages that are not certified. If it does not arrive, you can print it again from the portal’s payments page.
notice-claim-subject = Outcome of the claim about the fleet { $year }
notice-claim-accepted =
    We have accepted the claim about the fleet for the fee { $year }.

    The fee computed anew is { $amount }. The earlier payment notice is no longer valid: the new notice code is { $notice }.
    Here you can see the computation, print the notice and pay:
    { $url }
notice-claim-refused =
    We have not accepted the claim about the fleet for the fee { $year }: amount and notice code stay the same.

    The computation, vehicle by vehicle, is here:
    { $url }
notice-claim-answer =
    Answer of the help desk:
    { $answer }

## Home page and instructions
home-title = Yearly fee
home-heading = Albo fee { $year }
home-lead = Register the firm, work out the fee due, pay with pagoPA and keep the receipt. It works on the phone too.
home-deadline = Payment is due by { $date }
home-deadline-text = The date applies to all firms enrolled in the Albo, the register of hauliers.
home-deadline-extended = The deadline has been extended: it applies to all firms enrolled in the Albo, the register of hauliers.
home-opens = You can pay from { $date }
home-opens-text = You can already register the firm.
home-go-on = Go to the fee
home-register = Register the firm
home-sign-in = Sign in
home-before-title = Before you start
home-before = Have to hand:
home-before-1 = the tax code or VAT number of the firm;
home-before-2 = the Albo enrolment number;
home-before-3 = the PEC address (certified mail) shown on the Chamber of Commerce certificate, and its password: the credentials are sent there;
home-before-4 = a phone number, for the help desk.
home-how-title = How it works
home-how-1 = Register.
home-how-1-text = With the Chamber of Commerce PEC you get the full profile; with another email address you can still pay.
home-how-1-text-pec = With the PEC shown on the Chamber of Commerce certificate.
home-how-2 = Receive your credentials.
home-how-2-text = PIN, member number and password are sent to the address you gave. You can see at any time whether the message has been delivered.
home-how-3 = Check the fee.
home-how-3-text = Every amount is explained vehicle by vehicle, with the rule behind it. If the fleet is not yours, you can report it from there.
home-how-4 = Pay and keep the receipt.
home-how-4-text = Online or with the printed payment notice. The receipt comes by email and you can print it again whenever you like.
home-help-title = Frequently asked questions
home-instructions = Full instructions
faq-password = I cannot sign in or I have forgotten my password
faq-password-1 = After too many wrong attempts the user is suspended. The old password cannot be recovered: you get a new one at the registered address.
faq-password-2 = You can ask for it here:
faq-receipt = I have not received the payment receipt
faq-receipt-1 = The receipt is sent automatically by ordinary email. If your address is a PEC, check that the mailbox also accepts messages that are not PEC.
faq-receipt-2 = In any case you can print it again from the payments page.
faq-pec = The PEC is right but it is not recognised
faq-pec-1 = The business register answers a limited number of requests per minute. If it has not answered yet, your PEC is not wrong: the registration stays in the queue and completes itself.
faq-pec-2 = In the meantime you can already pay. We will write to you when the check is finished.
instructions-title = Step-by-step instructions
instructions-register = Registration
instructions-register-1 = With the PEC shown on the Chamber of Commerce certificate: the address is checked with the business register and the profile is full.
instructions-register-2 = From { $date }, alternatively, with an email address that is not a PEC or with a different PEC: the address is not checked and you can only pay.
instructions-register-3 = From { $date } a simplified profile can become full: the address is replaced by the one held by the Chamber of Commerce.
instructions-register-4 = In both cases a phone number is needed, used only by the help desk.
instructions-password = Password
instructions-password-1 = The password must be changed the first time you sign in. The new password has at least 8 characters, with at least one digit, one capital letter and one special character, and is different from the last three.
instructions-password-2 = If the user is suspended, ask for it to be restored, giving the member number, the Albo enrolment number and a phone number: with the form, or with an email with the subject RESET PASSWORD.
instructions-password-3 = You can also do it yourself, with a link sent to the registered address:
instructions-fee = How the fee is worked out
instructions-fee-1 = The amount depends on the fleet as at { $date }, by the criteria of this act: { $act }.
instructions-fee-2 = The { $year } fee must be paid by { $date }.
instructions-receipt = Receipt

## Registration
register-title = Registration
register-step-way = Method
register-step-data = Details
register-step-check = Summary
register-lead = Choose the address with which to register the firm.
register-way = How do you want to register?
register-way-pec = With the Chamber of Commerce PEC
register-way-pec-hint = The address is checked with the business register. You see all the firm’s details.
register-way-simplified = With another email address or PEC
register-way-simplified-hint = The address is not checked. You can only pay the fee.
register-way-missing = Choose how you want to register
register-simplified-from = From { $date } it will also be possible to register with another email address.
register-have-account = Do you already have credentials?
register-continue = Continue
register-data-pec = Firm details and PEC
register-data-simplified = Firm details and email address
register-pec-note = The credentials are sent to the PEC you give: make sure you can open it.
register-simplified-note = The credentials are sent to the address you give, which is not checked: with this profile you can only pay.
register-tax-code = Tax code or VAT number of the firm
register-tax-code-hint = 11 digits, or 16 characters for sole traders. Capitals, spaces and leading zeros do not matter.
register-tax-code-empty = Enter the tax code of the firm
tax-code-empty = Enter the tax code of the firm
tax-code-length = The tax code has 11 digits or 16 characters: check that you have written all of it
tax-code-illegal-character = The tax code contains a character that cannot be there: check it
tax-code-check-character = The tax code is not correct: one character is wrong
tax-code-check-digit = The code is not correct: one digit is wrong
tax-code-birth-date = The tax code is not correct: the date of birth does not exist
tax-code-birthplace = The tax code is not correct: the place of birth does not exist
register-albo = Albo enrolment number
register-albo-hint = Province, seven digits and one letter, for example RM/0001234/A.
register-albo-empty = Enter the Albo enrolment number
register-albo-wrong = The enrolment number has the province, up to seven digits and one letter, for example RM/0001234/A
register-pec = Chamber of Commerce PEC
register-pec-hint = The address shown on the Chamber of Commerce certificate.
register-email = Email or PEC
register-email-hint = The address to which the credentials and the receipt are sent.
register-email-empty = Enter the address
register-email-wrong = The address is not written correctly, for example nome@esempio.it
register-box = What kind of mailbox is it?
register-box-hint = We need this to send you messages in the right way.
register-box-ordinary = Ordinary email
register-box-pec = PEC
register-box-missing = Say whether the mailbox is ordinary or PEC
register-phone = Phone
register-phone-hint = The help desk uses it to call you back.
register-phone-empty = Enter a phone number
register-phone-wrong = The phone number is incomplete or not correct
register-unknown-firm = No firm enrolled in the Albo has this tax code. Check it; if the enrolment is recent, contact the help desk
register-wrong-number = The enrolment number is not the one of this firm. You will find it in the enrolment decision
register-removed = This firm has been removed from the Albo
register-not-open = Registration with another email address is not open yet
register-check-title = Check the details
register-check-lead = Check everything before you send. You can still make changes.
register-firm = Firm
register-address = Address for the credentials
register-privacy = By sending, you declare that you have read the
register-submit = Send the registration
status-title = Progress so far
status-messages = Messages sent
status-next = What to do now
status-again = Start the registration again
status-begun = Registration sent on { $when }
status-checking-title = We are checking the PEC
status-checking-text = We have asked the business register whether { $email } is the PEC of the firm. It has not answered yet: that does not mean the address is wrong.
status-upgrading-title = We are checking the PEC
status-upgrading-text = We have asked the business register whether { $email } is the PEC of the firm. As soon as it answers, the profile becomes full and new credentials are sent to that address.
status-upgraded-title = The profile is full
status-upgraded-text = The business register has confirmed { $email }. For safety we have sent new credentials there: use them to sign in.
status-provisional-title = You can already pay
status-provisional-text = The business register has not answered yet: the delay is not your fault. Meanwhile we have sent credentials to { $email }, with which you can pay.
status-verified-title = Registration complete
status-verified-text = The business register has confirmed { $email }. The profile is full.
status-simplified-title = Registration received
status-simplified-text = We have written to you. If the firm was not yet registered, the credentials are at the address you gave; if it already was, the instructions are at the address already registered.
status-mismatch-title = The address does not match
status-mismatch-text = The business register has answered. { $masked }
status-another-address = Another PEC is recorded for this firm: { $masked }.
status-no-entry = No PEC is recorded for this firm.
status-queue = { $ahead ->
    [0] It is your turn: the answer usually comes in less than a minute.
    [one] There is one check before yours: about { $time }.
   *[other] There are { $ahead } checks before yours: about { $time }.
 }
status-queue-next = Nobody is before you: about { $time }. At the moment the register makes us wait.
status-queue-minutes = { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
 }
status-queue-hours = { $hours ->
    [one] one hour
   *[other] { $hours } hours
 }
status-queue-silent = { $ahead ->
    [0] The register does not answer at the moment. As soon as it does, yours is the first question.
    [one] The register does not answer at the moment: we cannot say how long it will take. There is one check before yours; none is lost.
   *[other] The register does not answer at the moment: we cannot say how long it will take. There are { $ahead } checks before yours; none is lost.
 }
status-queue-paused = The body has paused the checks. Yours keeps its place: when they resume it goes on by itself, and we will write to you.
status-next-checking-1 = You can close this page: the check goes on and we will write to you.
status-next-checking-2 = If the register does not answer soon, we will send you credentials to pay with anyway.
status-next-provisional-1 = Open the PEC, sign in and pay.
status-next-provisional-2 = When the register answers, the profile becomes full by itself: you do not have to do anything.
status-next-mismatch-1 = Check which PEC is shown on the Chamber of Commerce certificate and register with that one.
status-next-mismatch-2 = Or register with another email address: you will be able to pay, and to complete the profile later.
status-next-done-1 = Open the message: it contains the member number, PIN and password.
status-next-done-2 = Sign in and choose your password.
status-dead-title = The message was not delivered
status-dead-text = The message to { $email } came back: that mailbox does not receive it.
status-next-dead-1 = The mailbox you gave does not receive messages: the problem is with the mailbox, not with the registration.
status-next-dead-2 = Ask its provider to reactivate it, or register with another email address.
status-next-dead-3 = If the firm’s PEC has been deactivated, give the new address to the Chamber of Commerce.
status-way-simplified = Register with another email address or PEC: you can pay at once
status-way-chamber = Chamber of Commerce: how to give a new PEC address

## Delivery of messages
notice-kind-credentials = Credentials
notice-kind-credentials-provisional = Credentials
notice-kind-credentials-reset = New credentials
notice-kind-now-full = Full profile
notice-kind-already-registered = Registration alert
notice-kind-taken-over = Registration alert
notice-kind-another-address = Result of the check
notice-kind-no-entry = Result of the check
notice-kind-receipt = Payment receipt
notice-kind-probe = Test of the mailbox
notice-kind-contact-code = Confirmation code
notice-kind-contact-changed = Change of address
notice-kind-reset-link = Link for the password
notice-kind-help-refused = Answer from the help desk
notice-kind-claim-accepted = Outcome of the report
notice-kind-claim-refused = Outcome of the report
delivery-queued = About to be sent
delivery-handed = Handed to the PEC provider
delivery-sent = Sent
delivery-accepted = Accepted by the PEC provider
delivery-delivered = Delivered to the mailbox
delivery-delayed = Not delivered yet
delivery-failed = Not delivered
delivery-at-sent = sent { $time }
delivery-at-accepted = accepted { $time }
delivery-at-delivered = delivered { $time }
delivery-at-failed = rejected { $time }
delivery-reason-no-such-box = The mailbox does not exist or has never been activated. Ask the provider to activate it, or use another address.
delivery-reason-box-disabled = The mailbox has been deactivated. Ask the provider to reactivate it, or use another address.
delivery-reason-box-full = The mailbox is full. Free up some space and ask the help desk to send the message again.
delivery-reason-no-such-domain = The domain of the address does not exist. Check how it is written.
delivery-reason-timed-out = The mailbox provider has not responded for 24 hours. Contact the provider, or use another address.
delivery-reason-twelve-hours = The mailbox provider has not responded for 12 hours: the message may still arrive.
delivery-reason-virus = The provider has blocked the message for security reasons. Contact the help desk.
delivery-reason-not-accepted = Our provider has not accepted the message. Contact the help desk.
delivery-reason-refused = The mailbox has rejected the message. If it is a PEC, check that it accepts ordinary email; otherwise use another address.

## Sign-in and password
sign-in-title = Sign in
sign-in-code = Member number
sign-in-code-hint = It begins with IT; you will find it in the message with the credentials.
sign-in-password = Password
sign-in-button = Sign in
sign-in-new = No credentials yet?
sign-in-wrong = { $left ->
    [one] Wrong member number or password. You have one attempt left.
   *[other] Wrong member number or password. You have { $left } attempts left.
 }
sign-in-suspended = User suspended: too many wrong passwords. Contact the System Administrator to be restored
sign-in-suspended-next = To be restored:
sign-in-delayed = Too many wrong attempts. Try again in 15 minutes, or ask for a link to choose a new password
sign-in-expired = The temporary password has expired. Ask for a new one
signed-out = You have signed out.
password-title = Change password
password-first-title = Choose your password
password-first-text = This is the first time you sign in: the password you were sent must be changed.
password-temporary = Password you were sent
password-present = Current password
password-new = New password
password-again = Confirm password
password-no-paste = Type it again: you cannot paste into this field.
password-button = Save the password
password-history = { $count ->
    [one] The new password must be different from the last one used.
   *[other] The new password must be different from the last { $count } used.
 }
password-rule-length = have at least { $length } characters
password-rule-digit = contain at least one digit
password-rule-capital = contain at least one capital letter
password-rule-special = contain at least one character that is neither a letter nor a digit, such as ! ? % -
password-rule-common = not be a common password, nor the name of the firm
password-rule-too-long = have at most 128 characters
password-wrong = The current password is not correct
password-unmet = The new password does not follow all the rules shown
password-differ = The two passwords do not match
password-used-before = { $count ->
    [one] You have already used this password: choose another one
   *[other] You have used this password recently (the last { $count } cannot be repeated): choose another one
 }
password-changed = Password saved. The other sessions have been closed.
password-chosen = Password saved. You can now sign in.
password-choose-title = Choose your password
password-link-gone = The link is no longer valid
password-link-gone-next = It works only once and for a limited time. Ask for another one:
pin-label = PIN
pin-hint = Six digits, sent with the credentials.
pin-wrong = { $left ->
    [one] The PIN is not correct. You have one attempt left
   *[other] The PIN is not correct. You have { $left } attempts left
 }
pin-suspended = Too many wrong PINs: ask the help desk for new credentials
forgotten-title = Forgotten password
forgotten-lead = The old password cannot be recovered: you set a new one.
forgotten-sent = Request received
forgotten-sent-text = If the member number exists, a link valid for two hours will be sent to the registered address.
forgotten-link-title = Do it yourself
forgotten-link-text = Get a link at the registered address and choose a new password straight away.
forgotten-link-button = Send me the link
forgotten-request-title = With the help desk
forgotten-request-text = An operator checks the details and sends new credentials to the registered address.
forgotten-mail-text = You can also write to { $email } with the subject RESET PASSWORD, giving your member number, Albo enrolment number and phone number.
request-title = Ask to be restored
request-lead = New credentials are sent only to the registered address.
request-phone-hint = Where we can call you back.
request-message = What happened
request-code-wrong = The member number begins with IT and has eight digits
request-button = Send the request
request-sent = Request sent
request-sent-text = An operator will look at it. If the details match, the new credentials will be sent to the registered address.

## Fee and payment
nav-fee = Fee
nav-payments = Payments
nav-firm = Firm
nav-profile = Profile
fee-title = Fee { $year }
fee-due = To pay: { $amount }
fee-by = { $days ->
    [0] Due today, { $date }.
    [one] Due by { $date }: one day left.
   *[other] Due by { $date }: { $days } days left.
 }
fee-overdue = The deadline of { $date } has passed: pay as soon as possible.
fee-deadline-title = Payment deadline
fee-term = { $date } – { $reason }
fee-act = Amounts: { $act }
fee-demonstration = (demonstration data)
fee-band = from { $from } to { $to }
fee-band-open = { $from } and over
pay-title = Pay
pay-online-text = By card or bank account, on the pagoPA site.
pay-online = Pay online
pay-notice-text = Or at a bank, post office or tobacconist’s, or with an app, using the payment notice and its QR code.
pay-notice = Download the payment notice (PDF)
pay-notice-number = Notice number
pay-not-open = This fee is not to be paid: it has already been paid or has been replaced.
pay-unavailable = The payment page is not responding at the moment. Try again shortly, or pay with the payment notice.
returned-ok = The payment site says that the payment has been made.
returned-cancelled = Payment cancelled: the fee is still to be paid.
returned-error = The payment did not go through: you have not been charged anything. You can try again.
way-title = Paid, receipt on its way
way-text = The payment has been made ({ $time }), but the pagoPA receipt has not arrived yet.
way-next = Do not pay again. It usually takes just a few minutes; we will write to you.
paid-title = Paid: { $amount }
paid-text = Payment of { $when }. Receipt no. { $number }.
computation-title = How it is worked out
computation-lead = Fee { $year }. Act: { $act }.
computation-lines = Calculation item by item
computation-what = Item
computation-count = Quantity
computation-each = Amount
computation-amount = Total
computation-source = Rule
computation-total = Total due
computation-vehicles = Vehicles
computation-vehicles-caption = Amount of every vehicle
computation-vehicles-text = { $count ->
    [0] No vehicles on record as at { $date }.
    [one] One vehicle on record as at { $date }.
   *[other] { $count } vehicles on record as at { $date }.
 }
computation-back = Back to the fee
vehicle-plate = Number plate
vehicle-kind = Type
vehicle-mass = Mass
claim-title = Is this not your fleet?
claim-lead = If the vehicles are not yours or the masses are wrong, tell us here: an operator will check and work out the fee again.
claim-link = Report the correct vehicles
claim-open = Your report is being looked at: we will write to you with the outcome.
claim-text = The fee is worked out on the vehicles as at { $date }. Correct the list and explain what is wrong.
claim-frozen = Vehicles on our records
claim-filed-title = Reports sent
claim-message = What is wrong
claim-message-hint = For example: the vehicle was sold on 3 October.
claim-message-missing = Explain what is wrong
claim-fleet = Correct vehicles
claim-fleet-hint = One per line: number plate; type (lorry, tractor, trailer, semitrailer); mass in kg.
claim-fleet-line = Line { $line }: “{ $text }” cannot be read. Write number plate; type; mass in kg
claim-button = Send the report
claim-filed = Report sent: we will write to you with the outcome.
payments-caption = Payments made
payments-number = Receipt no.
payments-year = Year
payments-when = Paid on
payments-psp = Paid through
payments-receipt = Receipt
payments-print = Download the receipt
payments-empty = No payments yet
payments-empty-text = Your receipts will be here, to print again whenever you like.
payments-mail-title = The receipt by email
payments-mail = The receipt is sent automatically, by ordinary email, to { $email }.
payments-pec = Your address is a PEC: check that the mailbox also accepts ordinary email. The receipt stays here in any case.
refuses-title = Your mailbox refuses ordinary email
refuses-text = Receipts cannot reach you by email. Allow ordinary email at your PEC provider, or give another address; the receipts stay on the payments page.

## Profile and firm
profile-level = Profile
profile-email = Address
profile-email-new = New address
level-full = Full
level-full-text = You see all the firm’s details.
level-payment-only = Payment only
level-payment-only-text = The address has not been checked with the business register: you can only pay.
sessions-title = Signed-in devices
session-current = this device
session-line = since { $from }, last active { $seen }
sessions-end = Sign out the others
sessions-ended = The other devices have been signed out.
phone-title = Change phone number
phone-text = The number is used only by the help desk.
phone-button = Save the number
phone-changed = Phone number updated.
email-title = Change address
email-text = We send a code to the new address to be sure that it is yours. We also let the current one know.
email-button = Send the code
email-same = This is already your address
email-confirm-title = Confirm the new address
email-confirm-text = We have sent a code to { $email }. It is valid until { $until }.
email-confirm-button = Confirm
email-code = Code you were sent
email-code-wrong = { $left ->
    [one] The code is not correct. You have one attempt left
   *[other] The code is not correct. You have { $left } attempts left
 }
email-no-code = The code is no longer valid: ask for another one.
email-changed = Address updated.
upgrade-title = Move to the full profile
upgrade-lead = Give the Chamber of Commerce PEC: if the register confirms it, the profile becomes full.
upgrade-from = It will be possible from { $date }.
upgrade-not-open = The move to the full profile is not open yet.
upgrade-text = The business register checks the PEC; then new credentials are sent there and the current address is replaced.
upgrade-button = Ask for the check
firm-lead = The details held in the Albo.
firm-name = Name
firm-address = Registered office
firm-enrolled = Enrolled since
firm-fleet = Fleet for the { $year } fee ({ $count })

## Messages
notice-secret-password = Temporary password: { $password }
    Sign in at: { $url }
notice-secret-link = Choose your password from this link, valid only once:
    { $url }
notice-credentials-subject = Credentials – { $portal }
notice-credentials-text = Firm: { $firm }
    Albo enrolment: { $number }

    Member number: { $code }
    PIN: { $pin }
    { $secret }

    The credentials are valid until { $until }. The first time you sign in you will choose your own password.
    Do not give them to anyone: we will never ask you for them by phone.

    { $owner }
    Help desk: { $phone }
notice-credentials-provisional-subject = Credentials to pay – { $portal }
notice-credentials-provisional-text = Firm: { $firm }
    Albo enrolment: { $number }

    The business register has not answered our check yet: the delay is not your fault. Meanwhile you can already pay with these credentials.

    Member number: { $code }
    PIN: { $pin }
    { $secret }

    The credentials are valid until { $until }. When the register confirms the address, the profile becomes full by itself.

    { $owner }
    Help desk: { $phone }
notice-credentials-reset-subject = New credentials – { $portal }
notice-credentials-reset-text = Firm: { $firm }
    Albo enrolment: { $number }

    As you asked, here are the new credentials. The previous ones are no longer valid.

    Member number: { $code }
    PIN: { $pin }
    { $secret }

    They are valid until { $until }. If you did not ask for them, call the help desk at once.

    { $owner }
    Help desk: { $phone }
notice-now-full-subject = The profile is full – { $portal }
notice-now-full-text = The business register has confirmed the address of { $firm }: the profile is now full{ $extra }.
    Your credentials are still the ones you already have: { $url }

    { $owner }
    Help desk: { $phone }
notice-already-registered-subject = Firm already registered – { $portal }
notice-already-registered-text = Somebody has asked to register { $firm }, which already has a profile.
    Member number: { $extra }
    If you have forgotten your password, choose a new one at { $url }
    If it was not you, you do not have to do anything.

    { $owner }
    Help desk: { $phone }
notice-taken-over-subject = The profile has been verified – { $portal }
notice-taken-over-text = { $firm } has verified its profile with the PEC in the business register{ $extra }.
    This address will not receive any more messages and the credentials sent here are no longer valid.

    { $owner }
    Help desk: { $phone }
notice-another-address-subject = Result of the check – { $portal }
notice-another-address-text = The business register has answered: another PEC is recorded for { $firm } ({ $extra }).
    Check the Chamber of Commerce certificate and register with that address, or with another email address: { $register_url }
    If you have already received credentials, you can still pay.

    { $owner }
    Help desk: { $phone }
notice-no-entry-subject = Result of the check – { $portal }
notice-no-entry-text = The business register has answered: no PEC is recorded for { $firm }{ $extra }.
    Give the PEC to the Chamber of Commerce, or register with another email address: { $register_url }
    If you have already received credentials, you can still pay.

    { $owner }
    Help desk: { $phone }
notice-contact-code-subject = Confirmation code
notice-contact-code-text = Code to confirm the new address: { $code }
    It is valid for 30 minutes. If you did not ask for it, ignore this message.

    { $owner }
notice-contact-changed-subject = Address changed
notice-contact-changed-text = The address of your profile has been changed to { $masked }.
    If it was not you, call the help desk at once.

    { $owner }
    Help desk: { $phone }
notice-reset-link-subject = Choose a new password – { $portal }
notice-reset-link-text = A new password has been requested for { $firm }.
    Choose your password from this link, valid for two hours and only once:
    { $url }
    If you did not ask for it, ignore this message: the current password is still valid.

    { $owner }
    Help desk: { $phone }
notice-help-refused-subject = Your request to be restored
notice-help-refused-text = We could not restore the credentials: { $answer }

    { $owner }
    Help desk: { $phone }

## Back office

# Back office: menu and common words
office-section-dashboard = Back office
office-section-firms = Firms
office-section-requests = Requests for help
office-section-claims = Claims
office-section-anomalies = To be checked
office-section-register = Business register
office-section-deadlines = Deadlines
office-section-imports = Imports
office-section-operators = Operators
office-section-audit = Activity log
office-when = When
office-what = What
office-who = Who
office-state = State
office-details = Details
office-year = Year
office-amount = Amount
office-total = Total
office-file = File
office-firm = Firm
office-open-firm = Open the firm’s record
office-arrived = Arrived on
office-decided-on = Decided on
office-answer = Answer
office-from = Sender
office-save = Save
office-yes = yes
office-no = no
office-never = Never
office-nothing = Nothing to report.
office-until = valid until { $time }

# Back office: operators’ sign-in
office-sign-in-title = Operators’ sign-in
office-sign-in-lead = This page is for those who work at the assistance. Firms sign in with their matricola.
office-sign-in-email = E-mail
office-sign-in-password = Password
office-sign-in-code = 6-digit code
office-sign-in-code-hint = The one that your authenticator app shows now. Each code works once only.
office-sign-in-button = Sign in
office-sign-in-help = Have you lost your password or phone? A system administrator can give you new credentials.
office-sign-in-wrong = E-mail, password or code are not right. Check them, wait for a new code and try again.
office-sign-in-delayed = Too many tries. You can try again in 15 minutes.
office-signed-out = You have signed out of the back office.

# Back office: first page
office-figures = Figures
office-figure-registered = Registered firms
office-figure-paid = Fees paid
office-figure-unpaid = Firms that have not paid
office-figure-open = Fees to be collected
office-figure-received = Received
office-figure-today = Today: { $count }
office-figure-of-firms = { $count ->
    [one] Of { $count } that owes the fee
   *[other] Of { $count } that owe the fee
}
office-figure-open-amount = In all { $amount }
office-term = Deadline of the { $year } fee
office-term-left = { $days ->
    [one] One day left.
   *[other] { $days } days left.
}
office-term-today = It is today.
office-term-over = { $days ->
    [one] Over since one day.
   *[other] Over since { $days } days.
}
office-work = What waits for a decision
office-work-none = Nothing
office-work-count = { $count ->
    [one] { $count } waiting
   *[other] { $count } waiting
}
office-work-requests = Requests for help
office-work-requests-hint = Password resets and other questions
office-work-claims = Claims about fleets
office-work-claims-hint = Firms that declare other vehicles than those on record
office-work-surplus = Payments to be checked
office-work-surplus-hint = Other amounts, or fees paid twice
office-work-failed = Messages not delivered
office-work-failed-hint = Mailboxes that are full, disabled or do not exist
office-work-dead = Jobs that gave up
office-work-dead-hint = Automatic work that did not succeed
office-chart-title = The last 30 days
office-chart-about = Two bars for each day: registrations and payments. The same numbers are in the table below.
office-chart-numbers = Show the numbers
office-daily = Registrations and payments a day
office-day = Day
office-registered = Registrations
office-paid = Payments

# Back office: firms
office-search-label = Look for a firm
office-search-hint = Name, tax code, enrolment number, matricola, e-mail address or phone; a part is enough.
office-search-button = Search
office-search-results = Firms found
office-search-nothing = No firm found
office-search-nothing-hint = Try fewer words, or the tax code.
office-search-firm = Look for the firm
office-firm-name = Name
office-firm-data = The firm’s data
office-tax-code = Tax code
office-albo-number = Enrolment number
office-member-code = Matricola
office-address = Seat
office-enrolled-on = Enrolled since
office-removed-on = Removed on
office-removed = Removed
office-suspended-firm = Suspended
office-account = Account on the portal
office-no-account = The firm has not registered yet.
office-level-full = Full
office-level-payment-only = Payment only
office-level-none = Not registered
office-email = E-mail
office-box-pec = Certified mailbox (PEC)
office-box-ordinary = Ordinary mailbox
office-refuses-ordinary = Refuses ordinary mail
office-phone = Phone
office-account-since = Registered on
office-last-sign-in = Last sign-in
office-temporary-password = Temporary password
office-suspended = Sign-in suspended
office-suspended-hint = The tries with a wrong password are used up. A new password opens the account again.
office-payments = Payments
office-receipts = Receipts
office-receipt-number = Receipt
office-receipt-pdf = (receipt as PDF)
office-receipt-file = receipt
office-paid-on = Paid on
office-psp = Payment provider
office-notice-number = Notice number
office-payment = Payment received
office-payment-good = As expected
office-payment-surplus = To be checked
office-payment-detail = { $amount } for { $year }, receipt { $number }

# Back office: the firm’s timeline
office-timeline = What has happened
office-timeline-hint = Registrations, look-ups at the business register, messages, payments, decisions.
office-timeline-caption = Events, newest first
office-timeline-empty = Nothing yet.
office-actor-account = The firm
office-actor-anonymous = A visitor
office-actor-operator = An operator
office-actor-register = The business register
office-actor-system = The system
office-registration-pec = Registration by certified mail
office-registration-simplified = Simplified registration
office-registration-upgrade = Request for a full profile
office-look-up-asked = Question to the business register
office-look-up-answered = Answer of the business register
office-look-up-waiting = Not answered yet
office-look-up-match = The address matches
office-look-up-no-entry = No address on file
office-look-up-another = Another address is on file
office-message = Message: { $title }
office-claim-of = Claim about the { $year } fleet

# Back office: fee
office-fee-title = { $year } fee
office-fee-due = Deadline
office-fee-act = Act that sets it
office-fee-open = To be paid
office-fee-on-its-way = Paid, receipt on its way since { $time }
office-fee-paid = Paid on { $time }
office-fee-cancelled = Cancelled
office-fee-not-computed = Owed, not computed yet
office-fee-not-owed = Not owed: the firm was not on the register on the day that counts
office-fee-computed-on = Computed on
office-fee-open-page = Full computation and vehicles
office-fee-lines = How it is computed
office-fee-line = Item
office-fee-count = How often
office-fee-each = Each
office-fee-source = Source
office-fleet-frozen = Vehicles that count, as of { $date }
office-plate = Plate
office-vehicle-kind = Kind
office-mass = Mass (kg)
office-vehicle = { $kind }, { $mass } kg
office-vehicle-lorry = Lorry
office-vehicle-tractor = Tractor
office-vehicle-trailer = Trailer
office-vehicle-semitrailer = Semi-trailer
office-fee-compute = Compute again
office-fee-compute-hint = If the vehicles on record have changed, the open charge is cancelled and replaced by another one under a new notice number. If they have not, it stays.
office-fee-compute-button = Compute the fee
office-fee-other-years = Other years
office-fee-recomputed = The fee is computed from the vehicles on record now.
office-fee-error-paid = The fee is paid: it is not computed any more.
office-fee-error-not-owed = The firm does not owe the fee of this year.
office-fee-error-no-fleets = The vehicles of this year have not been imported yet.
office-fee-error-no-year = There are no rules for this year.
office-fee-error-not-open = The fee cannot be computed at this time.
office-fee-error-no-charge = The fee cannot be computed: tell the system administrator.

# Back office: new password
office-reset-title = Reset the password
office-reset-lead = First ask whoever makes the request for these three data and compare them with the record. Do not suggest them.
office-reset-to = The new credentials go to { $email }, the registered address. The old password stops working.
office-reset-reason = Reason
office-reset-reason-hint = It stays in the firm’s timeline: who asked, how, when.
office-reset-checked = I have verified that matricola, enrolment number and phone agree
office-reset-checked-hint = If anything differs, do not reset: call the number on record.
office-reset-button = Send new credentials
office-reset-no-reason = Write the reason for the reset
office-reset-not-checked = Confirm that you have verified the asker’s data
office-reset-no-account = The firm has no account on the portal.
office-reset-done = The new credentials have left for the registered address.

# Back office: messages
office-channel-pec = By certified mail
office-channel-mail = By ordinary mail
office-notice-subject = Subject
office-notice-to = Recipient
office-notice-composed = Composed on
office-notice-sent = Handed over on
office-notice-accepted = Accepted on
office-notice-delivered = In the mailbox on
office-notice-again = Send again
office-notice-again-to = The same message goes to { $email }.
office-notice-again-button = Send again
office-notice-resent = The message is on its way again.
office-notice-not-resent = The message cannot be sent again: it is on its way already, or it held credentials.
office-notice-secret = It held credentials
office-notice-secret-hint = Its text was destroyed once it had left, and cannot be sent again. If it did not arrive, new credentials are needed.

# Back office: requests for help
office-requests-caption = Open requests, oldest first
office-requests-none = No open request
office-requests-none-hint = New requests come from the portal’s form and from the assistance’s mailbox.
office-request = Request
office-request-reset = Password reset
office-request-other = Other request
office-request-record = Compared with the record
office-request-agrees = Matricola and number agree
office-request-differs = Does not agree
office-request-no-data = No data given
office-request-text = What it says
office-request-no-text = The message is empty.
office-request-no-firm = The data do not tell which firm it is.
office-request-decided = The request has been closed already.
office-request-close = Answer and close without a new password
office-request-close-hint = The answer goes to the sender or, if they used the form of the portal, to the address on record. Do not write the firm’s data: whoever wrote may not be its owner.
office-request-answer-hint = Say why, and what to do, in plain words.
office-request-no-answer = Write the answer for whoever asked
office-request-close-button = Send the answer and close
office-request-closed = The answer is on its way and the request is closed.
office-request-second-level = Second-level assistance decides.
office-source-mail = By e-mail
office-source-web = From the portal’s form
office-comparison = What was given, and what the record says
office-comparison-what = Datum
office-comparison-asked = In the request
office-comparison-record = In the record
office-comparison-result = Result
office-comparison-same = Agrees
office-comparison-different = Differs
office-comparison-missing = Not given
office-comparison-no-record = No record

# Back office: claims
office-claims-caption = Open claims, oldest first
office-claims-none = No open claim
office-claims-none-hint = Firms contest their vehicles from the page of their fee.
office-claim-message = What the firm says
office-claim-open = Open
office-claim-accepted = Accepted
office-claim-refused = Refused
office-claim-charge-now = Fee now
office-claim-charge-then = Fee with the declared vehicles
office-claim-fleets = Vehicles on record and declared
office-claim-on-record = On record
office-claim-declared = Declared
office-claim-difference = Difference
office-claim-equal = Equal
office-claim-added = Added
office-claim-removed = Removed
office-claim-changed = Changed
office-claim-summary = If accepted: { $added } more, { $removed } fewer, { $changed } different.
office-claim-decision = Decision
office-claim-accept = Accept
office-claim-accept-hint = The declared vehicles replace those on record, and the fee is computed again under a new notice number.
office-claim-refuse = Refuse
office-claim-refuse-hint = The vehicles on record stay. An answer is needed.
office-claim-answer-hint = The firm reads it with the decision. Optional if you accept.
office-claim-button = Decide and tell the firm
office-claim-no-decision = Choose whether to accept or to refuse
office-claim-no-answer = Tell the firm why you refuse the claim
office-claim-paid = Meanwhile the fee was paid: the vehicles do not change any more. Refuse, and say how to ask for the difference back.
office-claim-decided-otherwise = Another operator has already decided otherwise. Reload the page.
office-claim-decided = Decision recorded: the firm is being told.

# Back office: to be checked
office-surplus = Payments to be checked
office-surplus-list = Payments, newest first
office-surplus-hint = Money that nobody expected: another amount, or a charge that was paid or cancelled. It is to be paid back or attributed.
office-failed = Messages not delivered
office-failed-list = Messages, newest first
office-failed-hint = Open the message to send it again, or call the firm.
office-failed-why = Why, and what to do
office-notice-ways = The mailbox does not receive. What the firm can do:
office-dead = Jobs that gave up
office-dead-list = Jobs, newest first
office-dead-hint = For the system administrator: the reason is as the program recorded it.
office-dead-name = Job
office-dead-tries = Tries
office-dead-error = Reason

# Office: mailboxes
office-mailboxes = Messages of the mailboxes
office-mailboxes-open = Open the messages of the mailboxes
office-quarantine = Messages put aside
office-quarantine-hint = They could not be read, or their signature is not valid: they have changed nothing, and are kept as evidence. Reading of the mailboxes goes on.
office-quarantine-reason = Reason, as the program writes it:
office-quarantine-why-unsigned = It calls itself a PEC receipt, but no provider signed it: it may be false. Set it aside; if you were waiting for a receipt, look for it in the mailbox.
office-quarantine-why-altered = It was changed after the provider signed it: it does not count as a receipt. Set it aside; if it happens again, tell the mailbox’s provider.
office-quarantine-why-untrusted = Whoever signed it is not among the trusted PEC providers. If the provider is new, the administrator updates the list of trusted authorities; then press “Try again”.
office-quarantine-why-unfit = The certificate that signed it does not fit: it is not in force, belongs to another address, or is of a kind that is not admitted. The message may be false: set it aside and, if you were waiting for a receipt, look for it in the mailbox.
office-quarantine-why-not-certified = It calls itself a PEC receipt, but what it certifies is missing or cannot be read. If it is about an important message, open it in the mailbox and tell the provider.
office-quarantine-why-unreadable = It is no readable message: it is damaged, or does not follow the rules of mail. If you were waiting for something, open it in the mailbox.
office-quarantine-why-too-large = It is larger than what is read. Open it in the mailbox: only its header is kept here.
office-quarantine-why-withheld = The mailbox server does not hand it over. Press “Try again” later; if that is not enough, open it in the mailbox or tell the provider.
office-quarantine-why-gone = It is not in the mailbox under its number any more: it was moved or deleted, or the provider numbered the mailbox anew. If you need it, look for it in the mailbox; then set it aside.
office-quarantine-why-repeated = Reading it failed several times in a row, so it was passed over. Press “Try again” when the cause is mended.
office-quarantine-why-broke = Reading it broke the program off: that is a defect of ours. Tell whoever looks after the program and keep the message; after the update press “Try again”.
office-quarantine-count = { $count ->
    [one] One message waits for a decision.
   *[other] { $count } messages wait for a decision.
}
office-quarantine-message = { $mailbox }, { $time }
office-quarantine-size = { $bytes } bytes
office-quarantine-whole = kept whole
office-quarantine-truncated = at most the header is kept
office-quarantine-tries = { $count ->
    [one] one try
   *[other] { $count } tries
}
office-quarantine-tried = last tried { $time }
office-quarantine-again = Try again
office-quarantine-aside = Set aside
office-quarantine-again-done = The message is being read again: reload the page in a moment.
office-quarantine-aside-done = Message set aside: it is kept, and waits for nobody any more.
office-quarantine-decided = Another operator has already decided.
office-mailbox-pec = Certified mailbox
office-mailbox-assistance = Mailbox of the help desk
office-irregular = Irregular receipts
office-irregular-list = Receipts, newest first
office-irregular-hint = They count: the signature is good. But the provider has written them otherwise than the rules say.
office-irregular-what = What is irregular
office-notice = Message
office-notice-open = Open the message

# Back office: business register
office-register-title = Questions to the business register
office-register-lead = The checks of certified addresses wait in a queue and leave at the pace that the register grants. None is lost.
office-register-open = Queue and pace
office-register-running = Running
office-register-paused = Paused by an administrator
office-register-draining = The queue is being emptied: new questions wait
office-register-day = In the last 24 hours
office-register-shared = Other bodies ask this source too: whoever runs the installation manages it, with the command “sportello register”.
office-register-lanes = Who waits
office-register-lane = Line
office-register-lane-person = Whoever waits at a page
office-register-lane-third-party = Committenti
office-register-lane-background = Refreshing without haste
office-register-share = Guaranteed share
office-register-expected = Wait of whoever comes now
office-register-minutes = { $minutes } min
office-register-unknown = unknown
office-register-day-title = The last 24 hours
office-register-day-about = For each quarter of an hour: the questions that arrived and those that were answered, the allowed pace, and below how long those who were answered had waited.
office-register-day-questions = Questions in each quarter of an hour
office-register-history = The last 24 hours, by quarters of an hour
office-register-from = From
office-register-arrived = Arrived
office-register-answered = Answered
office-register-unanswered = Tries without an answer
office-register-waited = Mean wait (min)
office-register-allowed-drawn = Allowed pace: { $pace } in each quarter of an hour
office-register-allowed-above = The allowed pace, { $pace } in each quarter of an hour, is far above
office-register-asked-to-wait = Waiting, as the register asked
office-register-silent = The register does not answer
office-register-waiting = Waiting
office-register-oldest = The oldest, since
office-register-pace = In the last minute
office-register-pace-value = { $used } of { $allowed } allowed
office-register-last-answer = Last answer
office-register-blocked-until = Next try at
office-register-failures = Failures in a row
office-register-brake = Pause or resume
office-register-brake-hint = While they are paused, registrations go on provisionally and the questions stay in the queue. “Empty the queue” has those answered who are in it and holds new questions back.
office-register-pause = Pause the questions
office-register-drain = Empty the queue
office-register-now-draining = Whoever is in the queue will be answered; new questions wait until you resume.
office-register-resume = Resume the questions
office-register-now-paused = The questions to the register are paused.
office-register-now-running = The questions to the register go on.
office-register-budget-title = Pace
office-register-budget = Questions a minute
office-register-budget-hint = Not beyond the limit agreed with the register. Empty: the configured pace holds.
office-register-budget-zero = Zero is no pace: to stop the questions use “Pause”
office-register-budget-wrong = Write a whole number from 1 to { $most }
office-register-budget-day = Questions in 24 hours
office-register-budget-day-hint = Empty: the configured limit holds, if there is one.
office-register-shares-title = Shares
office-register-shares-hint = The parts of the pace that each line is sure of, in proportion to each other. What a line does not use goes to the others.
office-register-shares-set = The new shares hold from now on.
office-register-budget-set = The new pace holds from now on.

# Back office: deadlines
office-term-lead = Moving a deadline updates pages, payment notices and counts at once.
office-term-of = { $year } fee: { $date }
office-term-history = History of the { $year } deadline
office-term-day = Last day
office-term-reason = Act or reason
office-term-extend = Extend the deadline
office-term-extend-title = Extend the deadline of the { $year } fee
office-term-present = At present the deadline is { $date }.
office-term-new = New last day
office-term-new-hint = It must be after the present deadline. For example 31/03/2017.
office-term-act = Act and reason
office-term-act-hint = With date and number, as pages cite it: for example “Resolution no. 1 of 14 February 2017”.
office-term-sure = I confirm the extension for all firms
office-term-sure-hint = A deadline moves forwards only: you cannot go back.
office-term-button = Extend the deadline
office-term-no-date = Write the day, for example 31/03/2017
office-term-not-later = Choose a day after { $date }
office-term-no-reason = Write the act that sets the extension
office-term-not-sure = Confirm that the new last day is { $date }
office-term-extended = The deadline is extended: pages and notices show it already.

# Back office: imports
office-imports-lead = Upload a CSV file. We check it row by row and show you the result: nothing changes until you apply it.
office-import-kind = Contents
office-import-firms = Enrolled firms
office-import-firms-hint = Adds and updates the firms of the file; the others stay as they are.
office-import-fleet = Vehicles of a year
office-import-fleet-hint = Replaces the vehicles of the firms in the file, except of those that have paid.
office-import-fleet-of = Vehicles { $year }
office-import-year = Fee year
office-import-year-hint = For vehicles only.
office-import-file = CSV file
office-import-file-hint = UTF-8, separated by semicolons, 64 MB at most.
office-import-columns = Which columns are needed
office-import-columns-hint = The first row holds the names of the columns, in any order.
office-import-columns-further = Optional, together:
office-import-check = Upload and check
office-import-no-kind = Choose what the file holds
office-import-no-file = Choose the file to upload
office-imports-latest = Latest files
office-import-good = Good rows
office-import-bad = Rows with errors
office-import-preview = To be decided
office-import-applied = Applied
office-import-dropped = Dropped
office-import-applied-on = Applied on
office-import-removed = Vehicles removed
office-import-nothing-yet = Nothing has changed yet
office-import-nothing-yet-hint = Check the result, then apply the good rows or drop the file.
office-import-running = The import is under way
office-import-running-hint = The file is large: the work goes on even if you close this page.
office-import-left = { $count ->
    [one] One firm has paid: its vehicles stay as they are
   *[other] { $count } firms have paid: their vehicles stay as they are
}
office-import-left-hint = The first ones, with the line of the file:
office-import-line = Line { $line }
office-import-open-charges = { $count ->
    [one] One open charge was computed from the vehicles of before
   *[other] { $count } open charges were computed from the vehicles of before
}
office-import-open-charges-hint = They stay so until they are computed again, from each firm’s record.
office-import-errors-title = { $count ->
    [one] One error
   *[other] { $count } errors
}
office-import-errors-shown = You see { $shown } of { $total }.
office-import-errors-download = Download the errors (CSV)
office-import-errors-file = errors
office-import-row = Line
office-import-column = Column
office-import-found = Value
office-import-reason = What is wrong
office-import-decide = What do you want to do?
office-import-apply = { $count ->
    [one] Apply one row
   *[other] Apply { $count } rows
}
office-import-drop = Drop the file
office-import-now-applied = The good rows are applied.
office-import-now-dropped = The file is dropped and destroyed.
office-import-was-dropped = The file had been dropped: it cannot be applied.
office-import-was-applied = The file had been applied: it cannot be dropped.

# Back office: operators
office-operator-name = Name
office-operator-role = Role
office-operator-active = Active
office-operator-inactive = Not active
office-operator-add = Add an operator
office-operator-add-lead = At the end you will see their password and second factor once only, to be handed over in person.
office-operator-email-hint = A personal address: it is used to sign in.
office-operator-no-name = Write the name
office-operator-bad-email = Write a full e-mail address, for example name@body.it
office-operator-exists = There is an operator with this address already
office-operator-no-role = Choose a role
office-role-first-level-hint = Looks firms up, sees their timelines, sends messages again.
office-role-second-level-hint = Besides: resets passwords and decides claims.
office-role-administrator-hint = Besides: imports, deadlines, the business register, operators.
office-role-committee-hint = Sees only the figures and the deadlines.
office-operator-renew = New credentials
office-operator-renew-hint = The password and second factor of before stop working, and open sessions end.
office-operator-renew-own = Your own session ends too: write the new credentials down before you leave the page.
office-operator-renew-button = Issue new credentials
office-operator-disable = Disable
office-operator-disable-hint = They can no longer sign in, and their sessions end. What they did stays in the log.
office-operator-disable-button = Disable the operator
office-operator-enable = Enable
office-operator-enable-hint = They can sign in again with the credentials that they had.
office-operator-enable-button = Enable the operator
office-operator-own = You cannot disable yourself: another administrator must do it.
office-operator-now-inactive = The operator can no longer sign in.
office-operator-now-active = The operator can sign in again.
office-credentials-title = The operator’s credentials
office-credentials-once = You see them now and never again
office-credentials-once-hint = Hand them over in person, not by e-mail. If they are lost, issue others.
office-credentials-otp = Second factor
office-credentials-otp-hint = The operator scans the code with an authenticator app, or types the secret by hand.
office-credentials-qr = QR code of the secret written below
office-credentials-secret = Secret
office-credentials-done = I have handed the credentials over

# Back office: activity log
office-audit-caption = Activity, newest first
office-audit-lead = The latest { $count } operations. No line can be changed or deleted.
office-op-registration-start = Registration started
office-op-registration-advance = Registration brought on
office-op-session-start = Sign-in
office-op-session-end = Sign-out
office-op-password-change = Password changed
office-op-fee-pay = Payment of the fee
office-op-firm-own-data = The firm’s data
office-op-contact-change = Contact changed
office-op-profile-upgrade = Full profile asked for
office-op-fleet-claim = Claim filed
office-op-reset-ask = Request for help
office-op-firms-see = Firms looked up
office-op-counts-see = Figures looked up
office-op-password-reset = Request decided or password reset
office-op-notice-resend = Message sent again
office-op-fleet-decide = Claim decided
office-op-import = Import
office-op-deadline-extend = Deadline extended
office-op-register-manage = Pace of the business register
office-op-operators-manage = Operators
office-op-audit-see = Log looked up
office-op-fee-compute = Fee computed
office-op-checkout-start = Online payment started
office-op-checkout-return = Return from the online payment
office-op-node-serve = Check whether it can be paid
office-op-payment-record = Payment recorded
office-op-notice-deliver = Delivery of a message
office-op-register-look-up = Question to the business register
office-op-maintain = Housekeeping
office-note-reason = Reason
office-note-state = State
office-note-year = Year
office-note-amount = Amount
office-note-agrees = Data agree
office-note-active = Active
office-note-role = Role
office-note-renewed = Credentials renewed
office-note-operator = Operator
office-note-decision = Decision
office-note-deadline = Fee of the year
office-note-from = From
office-note-to = To
office-note-ended = Sessions ended
office-note-made = Computed
office-note-number = Receipt
office-note-outcome = Outcome
office-note-paused = Paused
office-note-per-minute = A minute
office-note-refused = Answer
office-note-self-service = Self-service
office-note-surplus = To be checked
office-note-contact = Contact
office-note-kind = Kind
office-note-by = By
office-note-good = Good rows
office-note-bad = Rows with errors
office-note-dropped = Dropped
office-value-pec = by certified mail
office-value-simplified = simplified
office-value-upgrade = full profile
office-value-firms = firms
office-value-fleet = vehicles
office-value-checking = being checked
office-value-provisional = provisional
office-value-verified = verified
office-value-mismatch = address does not match
office-value-accepted = accepted
office-value-refused = refused
office-value-asked = new address to be confirmed
office-value-changed = address changed
office-value-phone = phone
office-value-ok = succeeded
office-value-cancel = cancelled
office-value-error = failed
office-value-link = link that was sent

sign-in-with-identity = With your digital identity
sign-in-with-code = With member number and password

## Committenti and regularity

regularity-tax-code = Tax code
regularity-firm = Firm
regularity-albo-number = Albo enrolment number
regularity-registration = Enrolment
regularity-registered = Enrolled since { $date }
regularity-registered-later = Enrolled from { $date } on
regularity-removed = Removed on { $date }
regularity-suspension = Suspension
regularity-suspended-from = Suspended since { $from }, until further notice
regularity-suspended-until = Suspended from { $from } to { $until }
regularity-not-registered = Not registered
regularity-roll-source = { $source }, roll brought up to date on { $date }
regularity-fee = Fee of { $year }
regularity-fee-paid = Paid on { $date }
regularity-fee-unpaid = Not paid: the last day was { $due }
regularity-fee-not-yet-due = Not paid yet: there is time until { $due }
regularity-fee-not-owed = Not owed
regularity-fee-receipt-on-its-way = Payment being recorded; the last day is { $due }
regularity-address = Certified address (PEC)
regularity-address-on-file = On file (answered on { $date })
regularity-address-not-on-file = Not on file (answered on { $date })
regularity-address-not-answered = The business register has not answered yet (since { $date })
regularity-address-not-asked = The business register was not asked
regularity-address-source = Business register
regularity-at = State as of
regularity-verdict-regular = Regular
regularity-verdict-not-regular = Not regular
regularity-verdict-undetermined = Cannot be said yet
regularity-reason-not-registered = The tax code is not registered in the Albo.
regularity-reason-not-yet-registered = The enrolment in the Albo begins later.
regularity-reason-removed = The firm was removed from the Albo.
regularity-reason-suspended = The firm is suspended from the Albo.
regularity-reason-fee-unpaid = The fee is not paid and its last day is past.
regularity-reason-receipt-on-its-way = A payment is being recorded: ask again in some hours.
regularity-no-reason = The firm is enrolled in the Albo and no fee is overdue.
paper-statement-file = regularity
paper-statement-title = Statement of regularity: { $code }
paper-statement-subject = Regularity of a road haulage firm
paper-statement-made = Statement made on { $date }.
paper-statement-facts = What is on record
paper-statement-fact = Fact
paper-statement-value = State
paper-statement-source = Source
paper-statement-validity = Validity
paper-statement-validity-text = The statement says what was on record at the instant given. The state may have changed: before you commission a transport, ask again.
paper-statement-check = How to check it
paper-statement-check-text = Scan the code, or type the code { $code } at { $url }: the page shows the facts as they were signed.
paper-statement-qr = QR code that leads to the page where this statement is checked
paper-statement-footer = Verification code { $code }
committenti-title = Regularity of firms
committenti-lead = { $name }: check whether the firms to which you entrust transport are enrolled in the Albo and have paid their fee.
committenti-nav-queries = Queries
committenti-nav-keys = Access keys
committenti-sign-in-title = Sign-in of clients
committenti-sign-in-lead = For those who commission transport and check the regularity of firms.
committenti-no-key = No key? The body issues it: write to the assistance.
committenti-key = Access key
committenti-key-hint = It begins with spk_
committenti-key-wrong = The key is not good: check that you copied all of it, or ask the body
committenti-first-key = First key
committenti-invitation-title = Take the access key
committenti-invitation-lead = Who the key is for: { $name }
committenti-invitation-once = The key is shown only once: be ready to keep it in a safe place, then go on.
committenti-invitation-button = Show the key
committenti-invitation-gone = The link is not good any more
committenti-invitation-gone-hint = It was used, has ended, or there is a newer one. If it was not you who took the key, tell the body at once.
committenti-invitation-have-key = Do you have the key already? Sign in
committenti-key-made = Your access key
committenti-key-once = You see it now and never again
committenti-key-once-hint = Keep it in a safe place. If you lose it, make another one and revoke this one.
committenti-key-until = Good until { $date }.
committenti-key-kept = I have kept the key
committenti-keys-lead = Before a key ends make a second one, go over to it, and revoke the first.
committenti-key-begins = Begins with
committenti-key-state = State
committenti-key-ends = Ends
committenti-key-used = Last used
committenti-key-never-used = never used
committenti-key-own = It is the key with which you signed in: if you revoke it, the session ends.
committenti-key-good = Good
committenti-key-expiring = Ends in less than 30 days
committenti-key-expired = Ended
committenti-key-revoked = Revoked
committenti-key-revoke = Revoke the key
committenti-key-now-revoked = The key is revoked and opens nothing any more.
committenti-key-was-revoked = The key was revoked already.
committenti-key-new = A new key
committenti-key-make = Make the key
committenti-key-label = Name of the key
committenti-key-label-hint = To tell it apart, for example “transport system”
committenti-key-no-label = Write a name for the key
committenti-key-too-many = You have five good keys already: revoke one
committenti-single = One firm
committenti-code-hint = 11 digits, or 16 characters for a sole trader
committenti-fresh = Wait for a new answer of the business register
committenti-fresh-hint = It may take minutes or hours. Without it, the last answer there is is used.
committenti-ask = Check
committenti-many = Many firms
committenti-file = File with tax codes
committenti-file-hint = CSV or text, one code a line in the first column, at most 1,000.
committenti-upload = Upload the file
committenti-file-empty = Choose a file with at least one tax code
committenti-file-too-many = The file has more than { $most } codes: split it
committenti-bulks-open = Four lists are under way already: wait for one to end
committenti-register-full = Too many questions wait for the business register: try again in some minutes, or do not wait for a new answer
committenti-latest = Latest queries
committenti-bulks = Lists
committenti-codes = Codes
committenti-answered = Answers
committenti-bulk-refused = Refused
committenti-refused = Refused
committenti-waiting = Waiting
committenti-waiting-hint = The business register was asked and has not answered yet. The page refreshes by itself.
committenti-asked-at = Asked on
committenti-outcome = Outcome
committenti-why = Why
committenti-duplicate = The code stands further up in the list already.
committenti-query-title = Regularity of { $code }
committenti-statement = Statement
committenti-statement-hint = It carries the date, the sources and a code with which anybody can check it.
committenti-statement-pdf = Statement as PDF
committenti-statement-jws = Signed statement for programs (JWS)
committenti-bulk-title = List of firms
committenti-progress = Codes done
committenti-running = List under way
committenti-running-hint = You may leave the page: the list stays among your queries.
committenti-results = Results
committenti-results-download = Download the results as CSV
committenti-api = Programs can do the same.
committenti-api-link = Description of the interface (OpenAPI)
verify-title = Check a statement
verify-lead = To know whether a statement of regularity is genuine and what it says.
verify-code = Verification code
verify-code-hint = The 20 characters printed on the statement
verify-signed = Signed statement
verify-signed-hint = Instead, the text of the .jws file
verify-button = Check
verify-empty = Type the verification code, or paste the signed statement
verify-unknown = There is no genuine statement with these data: check the code, character by character
verify-unknown-signed = The pasted text is no genuine statement: paste the whole file, without changing anything
verify-genuine = The statement is genuine
verify-made-at = Made on { $date }.
verify-may-have-changed = The state may have changed after that date
verify-compare = Below are the facts as they were signed: if your document says otherwise, it was altered.
verify-another = Check another statement
office-section-committenti = Clients
office-committenti-lead = Those who commission transport and query the regularity of firms, with keys, limits and usage.
office-committenti-none = No client so far.
office-committente-add = Add a client
office-committente-add-lead = It will get a link by e-mail, good once and for seven days, with which it takes the first key.
office-committente-name = Name
office-committente-email-hint = Of whoever will keep the key
office-committente-no-name = Write the name
office-committente-exists = A client with this tax code exists already
office-committente-per-minute = Requests a minute
office-committente-per-minute-hint = In all, over all its keys
office-committente-bad-limit = Write a number from 1 to { $most }
office-committente-active = Active
office-committente-suspended = Suspended
office-committente-since = Added on
office-committente-keys = Keys
office-committente-no-keys = It has not taken a key yet.
office-committente-key-about = Ends: { $until }. Last used: { $used }.
office-committente-invite = Invitation
office-committente-invite-hint = A new link ends the one before.
office-committente-invite-button = Send a link
office-committente-invited = The link for taking the key has left by e-mail.
office-committente-limit = Limit
office-committente-limit-button = Change the limit
office-committente-limit-set = The limit is changed.
office-committente-usage = Usage of the last days
office-committente-day = Day
office-committente-requests = Requests by programs
office-committente-queries = Firms asked about
office-committente-suspend = Suspension
office-committente-suspend-hint = From now on no key opens anything and sessions end.
office-committente-suspend-button = Suspend the client
office-committente-resume = Resumption
office-committente-resume-hint = Keys that were not revoked are good again.
office-committente-resume-button = Resume the client
office-committente-now-suspended = The client is suspended.
office-committente-now-active = The client may query again.
office-actor-committente = Client
office-op-committenti-manage = Management of clients
office-op-committenti-key = Key of a client
office-op-committenti-accept = Taking of the first key
office-op-regularity-query = Query of regularity
office-op-regularity-state = Statement of regularity
office-note-key = key
office-note-invited = invitation
office-note-fresh = new answer
office-note-statement-key = signing key
notice-kind-committente-invitation = Invitation of a client
problem-register-full-title = Too many questions wait for the business register
problem-register-full-detail = Repeat it later, or without fresh: the answer then says what is known already.
problem-bulk-open-title = Too many lists are under way
problem-bulk-open-detail = Wait for one of your lists to end, then repeat it.
problem-not-answered-title = There is no answer yet
problem-not-answered-detail = A statement is made of an answer: look at the question later.

# Test of the mailbox: does the PEC also take ordinary mail?
notice-probe-subject = { $portal }: test of the mailbox
notice-probe-text = This address receives ordinary email: payment receipts will arrive here.

    There is nothing for you to do.

    { $owner }
