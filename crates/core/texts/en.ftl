notice-identity-linked-subject = A digital identity was linked to the profile – { $portal }
notice-identity-linked-text =
    A digital identity was linked to the profile { $code }: from now on the person to whom it belongs can enter with it.

    If nobody of the firm did this, sign in at once, unlink the identity and change the password:
    { $url }

    If in doubt: { $phone }

    { $owner }

notice-committente-invitation-subject = The key for querying the regularity of firms – { $portal }
notice-committente-invitation-text =
    { $name } may query the regularity of firms.

    The access key can be taken once, within seven days, at this address:
    { $url }

    Whoever opens the page and confirms sees the key: do not forward this message. If somebody has taken it already, tell us.

    { $owner }
