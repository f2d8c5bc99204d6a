notice-identity-linked-subject = A digital identity was linked to the profile – { $portal }
notice-identity-linked-text =
    A digital identity was linked to the profile { $code }: from now on the person to whom it belongs can enter with it.

    If nobody of the firm did this, sign in at once, unlink the identity and change the password:
    { $url }

    If in doubt: { $phone }

    { $owner }
