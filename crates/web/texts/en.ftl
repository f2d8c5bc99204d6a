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
ui-error-summary = There is a problem
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
ui-reference = Your reference number
ui-table-scroll = Table: { $caption }
ui-print = Print or save as PDF
ui-new-window = (opens in another tab)
