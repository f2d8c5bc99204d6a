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
