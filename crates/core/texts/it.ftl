notice-identity-linked-subject = Una identità digitale è stata collegata al profilo – { $portal }
notice-identity-linked-text =
    Al profilo { $code } è stata collegata un’identità digitale: da ora la persona a cui appartiene può entrare con quella.

    Se non l’ha fatto nessuno dell’impresa, entrate subito nel profilo, scollegate l’identità e cambiate la password:
    { $url }

    Per ogni dubbio: { $phone }

    { $owner }
