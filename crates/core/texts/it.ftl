notice-identity-linked-subject = Una identità digitale è stata collegata al profilo – { $portal }
notice-identity-linked-text =
    Al profilo { $code } è stata collegata un’identità digitale: da ora la persona a cui appartiene può entrare con quella.

    Se non l’ha fatto nessuno dell’impresa, entrate subito nel profilo, scollegate l’identità e cambiate la password:
    { $url }

    Per ogni dubbio: { $phone }

    { $owner }

notice-committente-invitation-subject = La chiave per interrogare la regolarità delle imprese – { $portal }
notice-committente-invitation-text =
    { $name } può interrogare la regolarità delle imprese.

    La chiave di accesso si ritira una volta sola, entro sette giorni, a questo indirizzo:
    { $url }

    Chi apre la pagina e conferma vede la chiave: non inoltrare questo messaggio. Se qualcuno l’ha già ritirata, avvisaci.

    { $owner }
