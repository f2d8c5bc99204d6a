# The words of the page shell and of the components. What a desk says is in the texts of the desk.

## The shell

shell-skip-content = Vai al contenuto
shell-skip-help = Vai ai contatti per l’assistenza
shell-error-prefix = Errore:
shell-home = Home
shell-menu = Menu principale
shell-breadcrumb = Percorso di navigazione
shell-other-language = English
shell-sign-in = Accedi
shell-sign-out = Esci
shell-account = Il tuo profilo
shell-user-menu = Menu personale di { $name }
shell-notices = Avvisi di servizio
shell-help-title = Hai bisogno di aiuto?
shell-help-phone = Chiama il numero
shell-help-email = Scrivi a { $email }
shell-help-email-hint = Rispondiamo per iscritto
shell-help-problem = Segnala un problema di questa pagina
shell-help-problem-hint = Anche se riguarda l’accessibilità
shell-help-problem-subject = Problema nella pagina «{ $title }»
shell-accessibility = Dichiarazione di accessibilità
shell-privacy = Informativa sulla privacy
shell-checked-on = Pagine verificate il { $date }
shell-version = Versione { $version }
shell-cookies = Questo sito usa solo i cookie necessari per funzionare.
shell-refresh = Questa pagina si aggiorna da sola.
shell-refresh-now = Aggiorna adesso

## Words for the tone of a message, for those who do not see its colour

ui-tone-neutral = Nota
ui-tone-info = Informazione
ui-tone-success = Operazione riuscita
ui-tone-warning = Attenzione
ui-tone-danger = Errore

## Forms

ui-optional = (facoltativo)
ui-error = Errore:
ui-error-summary-count = { $count ->
    [one] C’è una cosa da correggere
   *[other] Ci sono { $count } cose da correggere
}
ui-choose = Scegli
ui-password-show = Mostra
ui-password-hide = Nascondi
ui-password-suffix = la password
ui-rules-title = La password deve:
ui-rule-met = rispettata
ui-rule-unmet = non rispettata
ui-rules-all = La password rispetta tutte le regole.
ui-rules-missing = Regole ancora da rispettare: #.
ui-continue = Continua
ui-back = Indietro
ui-save = Salva e riprendi dopo
ui-change = Modifica

## Steps, times, lists

ui-step = Passo { $current } di { $total }
ui-step-past = completato
ui-timeline-past = Fatto
ui-timeline-now = Adesso
ui-timeline-future = Più avanti
ui-progress = { $done } su { $total }
ui-pages = Pagine dell’elenco
ui-page = Pagina { $page }
ui-page-previous = Precedente
ui-page-next = Successiva
ui-copy = Copia
ui-copied = Copiato
ui-table-scroll = Tabella: { $caption }

## Pagine di errore
failure-request = Se ci scrivi, indica questo codice: { $id }
failure-home = Torna alla pagina iniziale
failure-bad-request-title = Non abbiamo capito la richiesta
failure-bad-request-text = I dati inviati non sono completi o non sono leggibili. Non abbiamo registrato nulla.
failure-bad-request-next = Torna indietro, ricarica la pagina e riprova.
failure-not-found-title = Pagina non trovata
failure-not-found-text = L’indirizzo non esiste, oppure la pagina non è destinata a te.
failure-not-found-next = Controlla l’indirizzo. Se hai seguito un collegamento in un messaggio, copialo per intero.
failure-forbidden-title = Operazione non consentita
failure-forbidden-text = Il tuo profilo non permette questa operazione.
failure-forbidden-next = Se ti sei registrato in modalità semplificata, puoi chiedere il profilo completo dalla pagina «Profilo». Se lavori in ufficio, l’operazione spetta a un altro ruolo.
failure-too-large-title = Invio troppo grande
failure-too-large-text = Quello che hai inviato supera la dimensione ammessa. Non abbiamo registrato nulla.
failure-too-large-next = Riduci il contenuto e riprova.
failure-too-many-title = Troppe richieste
failure-too-many-text = Dalla tua rete arrivano troppe richieste in poco tempo.
failure-too-many-next = { $seconds ->
    [one] Riprova tra un secondo.
   *[other] Riprova tra { $seconds } secondi.
 }
failure-cross-site-title = Richiesta non accettata
failure-cross-site-text = Il modulo è stato inviato da un altro sito: per la tua sicurezza non l’abbiamo accettato.
failure-cross-site-next = Apri il portale dal suo indirizzo e riprova.
failure-busy-title = C’è molta affluenza
failure-busy-text = In questo momento troppe persone accedono insieme. Non abbiamo perso nulla di quello che hai già fatto.
failure-busy-next = Riprova tra qualche secondo.
failure-outside-title = Un servizio esterno non risponde
failure-outside-text = Il problema non dipende da te. Non abbiamo perso nulla di quello che hai già fatto.
failure-outside-next = Riprova tra qualche minuto.
failure-internal-title = Qualcosa non ha funzionato
failure-internal-text = L’errore è nostro ed è stato registrato. Quello che avevi già confermato è al sicuro.
failure-internal-next = Riprova. Se succede ancora, contatta l’assistenza.

## Privacy
privacy-title = Informativa sulla privacy
privacy-who = Il titolare del trattamento è { $owner }.
privacy-what-title = Quali dati trattiamo
privacy-what = I dati dell’impresa presenti nel registro, i recapiti che ci fornisci, i pagamenti e le operazioni che svolgi sul portale.
privacy-why-title = Perché
privacy-why = Per gestire la registrazione, la quota annuale e l’assistenza, come previsto dalle norme che istituiscono il registro.
privacy-cookies-title = Cookie
privacy-cookies = Usiamo solo cookie tecnici: l’accesso, la lingua e i messaggi di conferma. Nessun cookie di profilazione e nessun servizio di terzi.
privacy-rights-title = I tuoi diritti
privacy-rights = Puoi chiedere accesso, rettifica e cancellazione scrivendo a { $email }.

## Ruoli
role-first-level = Assistenza di primo livello
role-second-level = Assistenza di secondo livello
role-administrator = Amministratore di sistema
role-committee = Comitato

## Accesso con un’identità digitale

identity-enter = Entra con SPID
identity-link = Collega la tua identità SPID
identity-enter-cie = Entra con CIE
identity-link-cie = Collega la tua Carta d’identità elettronica
identity-opens = Dal { $date } potrai accedere anche con SPID.
identity-no-list = In questo momento non si può accedere con SPID: l’elenco dei gestori non è ancora arrivato. Riprova tra qualche minuto.
identity-choose-title = Entra con SPID
identity-choose-lead = Scegli il gestore della tua identità digitale.
identity-more = Maggiori informazioni
identity-get = Non hai SPID?
identity-help = Serve aiuto?
identity-unknown-title = Gestore non disponibile
identity-unknown-text = Il gestore scelto non è, in questo momento, nell’elenco di quelli accreditati. Scegline un altro.
identity-other-ways = Altri modi per accedere
identity-again = Riprova con { $way }
identity-carry-title = Stai andando dal gestore
identity-carry-text = Se la pagina non prosegue da sola, premi «Continua».
identity-refused-title = Accesso con { $way } non riuscito
identity-refused-crumb = Accesso non riuscito
identity-gone-title = Accesso non completato
identity-gone-again = Torna all’accesso
identity-late-text = Questa risposta del gestore non serve più: è già stata usata, è passato troppo tempo, o l’accesso era iniziato in un altro browser.
identity-late-next = Ricomincia l’accesso da qui, nella stessa finestra. Non hai perso nulla di quello che avevi già fatto.
identity-no-tax-code-text = Il gestore non ci ha comunicato il codice fiscale: senza non possiamo sapere qual è il tuo profilo.
identity-no-tax-code-next = Riprova. Se succede ancora, rivolgiti al gestore della tua identità.
identity-wrong-credentials-text = Il gestore non ha riconosciuto le tue credenziali, dopo più tentativi.
identity-wrong-credentials-next = Controlla nome utente e password della tua identità, o recuperali sul sito del gestore, poi riprova.
identity-level-text = L’identità che hai usato non ha le credenziali del livello richiesto da questo servizio.
identity-level-next = Chiedi al gestore le credenziali di livello superiore, poi riprova.
identity-timeout-text = È passato troppo tempo mentre eri sul sito del gestore.
identity-timeout-next = Riprova, e completa l’accesso senza interromperlo.
identity-consent-text = Non hai dato il consenso all’invio dei tuoi dati a questo servizio.
identity-consent-next = Senza consenso l’accesso in questo modo non è possibile. Se vuoi proseguire, riprova e autorizza l’invio.
identity-blocked-text = Il gestore ci dice che la tua identità è sospesa o revocata, o che le credenziali sono bloccate.
identity-blocked-next = Rivolgiti al gestore della tua identità: noi non possiamo sbloccarla. Intanto puoi accedere in un altro modo.
identity-cancelled-text = Hai annullato l’accesso.
identity-cancelled-next = Se vuoi entrare, riprova.
identity-kind-text = Serve un’identità di un altro tipo, per esempio quella per uso professionale.
identity-kind-next = Riprova con un’identità del tipo richiesto, o chiedila al tuo gestore.
identity-provider-fault-text = La risposta del gestore non è valida, perciò non l’abbiamo accettata. Il problema non dipende da te.
identity-provider-fault-next = Riprova tra qualche minuto. Se succede ancora, rivolgiti al gestore della tua identità, o accedi in un altro modo.
identity-our-fault-text = Il gestore non ha accettato la nostra richiesta. L’errore è nostro ed è stato registrato.
identity-our-fault-next = Riprova tra qualche minuto, o accedi in un altro modo. Se succede ancora, contatta l’assistenza.
identity-silent-text = Il sistema di identificazione non risponde in questo momento. Il problema non dipende da te.
identity-silent-next = Riprova tra qualche minuto, o accedi in un altro modo.
identity-accounts-title = Per chi vuoi entrare?
identity-accounts-lead = Con la tua identità puoi entrare in più profili.
identity-no-account-title = Nessun profilo con la tua identità
identity-no-account-text = Ti abbiamo riconosciuto: { $name }, codice fiscale { $code }. A questo codice non corrisponde però nessun profilo registrato qui.
identity-no-account-next = Che cosa puoi fare
identity-no-account-link = Se l’impresa è già registrata, entra con la matricola e collega la tua identità dalla pagina «Profilo»:
identity-no-account-register = Se l’impresa non è ancora registrata, comincia da qui:
identity-no-account-help = Se pensi che sia un errore, contatta l’assistenza: i recapiti sono in fondo alla pagina.
identity-register = Registra l’impresa
identity-people-title = Chi può entrare con la propria identità
identity-people-lead = Puoi collegare la tua identità digitale a questo profilo: da allora entri con quella, senza matricola e password.
identity-since = collegata il { $date }
identity-linked = Identità collegata: da ora puoi entrare senza matricola e password.
identity-unlink = Scollega
identity-unlinked = Identità scollegata.
identity-left = Hai lasciato il portale.
identity-left-everywhere = Hai lasciato il portale e hai chiuso la sessione presso il gestore della tua identità.
identity-left-partly = Hai lasciato il portale, ma il gestore non ha potuto chiudere tutte le sessioni: chiudi il browser per esserne certo.
identity-farewell-title = Sei uscito dal portale
identity-farewell-text = Presso il gestore della tua identità la sessione è ancora aperta: altri servizi potrebbero riconoscerti senza chiederti la password.
identity-farewell-leave = Esci anche dal gestore
identity-raise-title = Per proseguire serve la tua identità digitale
identity-raise-text = Questa operazione richiede un’identità di livello { $level }. Dimostra chi sei con un’identità che può entrare in questo profilo: poi torni qui.
identity-raise-nobody = In questo momento non c’è modo di farlo da qui. Contatta l’assistenza.
identity-other-person-title = Questa identità non può entrare in questo profilo
identity-other-person-text = Sei stato riconosciuto, ma la tua identità non è collegata al profilo che è aperto ora.
identity-other-person-next = Collega prima la tua identità dalla pagina «Profilo», oppure ripeti con l’identità della persona già collegata. Non è cambiato nulla.
identity-to-profile = Vai al profilo
identity-confirm-title = Collegare questa identità?
identity-confirm-lead = { $name } potrà entrare in questo profilo, da ora in poi.
identity-confirm-text = Conferma con il PIN del profilo. L’indirizzo del profilo riceve un avviso.
identity-confirm-button = Collega
identity-pin = PIN
identity-pin-hint = Sei cifre, ricevute con le credenziali.
identity-pin-wrong = { $left ->
    [one] Il PIN non è corretto. Ti resta un tentativo.
   *[other] Il PIN non è corretto. Ti restano { $left } tentativi.
}
identity-pin-suspended = Troppi PIN sbagliati: chiedi nuove credenziali all’assistenza

## Accesso con una carta (CNS)

identity-card-enter = Entra con CNS
identity-card-link = Collega la tua CNS
identity-card-hint = Con la tessera sanitaria attivata, la CNS, una carta regionale o la CIE: serve un lettore collegato al computer, con il suo programma installato, e il PIN. Inserisci la carta prima di premere il pulsante.
identity-card-linked = Carta collegata: da ora puoi entrare con CNS.
identity-card-farewell-text = Togli la carta dal lettore e chiudi tutte le finestre del browser.
identity-card-farewell-next = Finché la carta è nel lettore, o il browser resta aperto, chi usa questo computer dopo di te potrebbe entrare a tuo nome.
identity-card-refused-title = Accesso con CNS non riuscito
identity-card-again = Riprova con CNS
identity-card-no-card-text = Il browser non ci ha mostrato nessun certificato: la carta non era nel lettore, il lettore non è stato riconosciuto, o la scelta del certificato è stata annullata.
identity-card-no-card-next = Inserisci la carta nel lettore, chiudi tutte le finestre del browser (altrimenti ricorda la scelta di prima) e ricomincia. Se il browser non chiede il certificato, controlla che il programma della carta sia installato.
identity-card-late-text = Questo accesso non serve più: è già stato usato, è passato troppo tempo, o era iniziato in un altro browser.
identity-card-late-next = Ricomincia l’accesso da qui, nella stessa finestra. Non hai perso nulla di quello che avevi già fatto.
identity-card-expired-text = Il certificato della tua carta è scaduto.
identity-card-expired-next = Non dipende da noi e non possiamo accettarlo: chiedi una carta nuova all’ente che l’ha rilasciata (per la tessera sanitaria, la tua ASL o la tua Regione). Intanto puoi accedere in un altro modo.
identity-card-not-yet-valid-text = Il certificato della tua carta non è ancora valido.
identity-card-not-yet-valid-next = Riprova quando la sua validità sarà iniziata, o rivolgiti all’ente che ha rilasciato la carta.
identity-card-revoked-text = L’ente che ha emesso il certificato ci dice che è stato revocato o sospeso.
identity-card-revoked-next = Rivolgiti all’ente che ha rilasciato la carta: noi non possiamo riattivarla. Intanto puoi accedere in un altro modo.
identity-card-not-checked-text = Non abbiamo potuto controllare se la tua carta è stata revocata: l’ente che lo sa non risponde. La carta può essere in regola.
identity-card-not-checked-next = Non dipende da te. Riprova tra qualche minuto, o accedi in un altro modo.
identity-card-untrusted-text = Il certificato è stato emesso da un’autorità che non è nell’elenco pubblico di quelle riconosciute per CNS, carte regionali e CIE.
identity-card-untrusted-next = Se il browser ti offre più certificati, chiudi tutte le sue finestre e scegli quello della carta. Se la carta è una di queste, segnalalo all’assistenza: i recapiti sono in fondo alla pagina.
identity-card-not-for-authentication-text = Il certificato che hai scelto non serve per accedere: probabilmente è quello per firmare i documenti, che sta sulla stessa carta.
identity-card-not-for-authentication-next = Chiudi tutte le finestre del browser, ricomincia e scegli l’altro certificato, quello di autenticazione, che comincia con il tuo codice fiscale.
identity-card-not-a-card-text = Il certificato che hai scelto non è quello di una carta accettata qui.
identity-card-not-a-card-next = Chiudi tutte le finestre del browser, ricomincia e scegli il certificato della tua carta. Un certificato che somiglia a quello di una CNS, ma è stato venduto per altri usi, non vale.
identity-card-weak-key-text = La tua carta è delle prime serie: la sua chiave non è più considerata sicura.
identity-card-weak-key-next = Chiedi una carta nuova all’ente che l’ha rilasciata. Intanto puoi accedere in un altro modo.
identity-card-unreadable-text = Il certificato che il browser ci ha mostrato non è scritto come quello di una carta.
identity-card-unreadable-next = Chiudi tutte le finestre del browser, ricomincia e scegli il certificato della tua carta. Se succede ancora, rivolgiti all’ente che l’ha rilasciata.
identity-card-our-fault-text = In questo momento non possiamo controllare le carte. Il problema è nostro ed è stato registrato.
identity-card-our-fault-next = Riprova tra qualche minuto, o accedi in un altro modo. Se succede ancora, contatta l’assistenza.

## Problemi dell’interfaccia per programmi

problem-bad-request-title = Richiesta non comprensibile
problem-bad-request-detail = Controlla la forma della richiesta nella descrizione dell’interfaccia.
problem-unauthorized-title = Serve una chiave valida
problem-unauthorized-detail = Manda la chiave come «Authorization: Bearer spk_…». Se lo fai già, è scaduta, revocata o sospesa: chiedi all’ente.
problem-forbidden-title = Non permesso
problem-forbidden-detail = La chiave non permette questa operazione.
problem-not-found-title = Non c’è
problem-not-found-detail = L’indirizzo non esiste, o quello che indica non è tuo o non c’è più.
problem-method-not-allowed-title = Metodo non previsto
problem-method-not-allowed-detail = L’indirizzo ha altri metodi: vedi l’intestazione Allow.
problem-not-acceptable-title = Forma non disponibile
problem-not-acceptable-detail = Chiedi application/json, application/jose o application/pdf.
problem-too-large-title = Richiesta troppo grande
problem-too-large-detail = Dividila in più richieste.
problem-unsupported-media-type-title = Tipo di contenuto non previsto
problem-unsupported-media-type-detail = Manda JSON con «Content-Type: application/json».
problem-unprocessable-title = Un valore non va bene
problem-unprocessable-detail = Il punto è indicato in pointer, oppure in line e column.
problem-too-many-title = Troppe richieste
problem-too-many-detail = Aspetta i secondi indicati in Retry-After, poi ripeti.
problem-busy-title = Servizio momentaneamente occupato
problem-busy-detail = Non si è perso niente: ripeti tra poco.
problem-internal-title = Errore nostro
problem-internal-detail = Ripeti tra poco; se continua, comunica all’ente il valore di instance.
problem-cursor-title = Pagina inesistente
problem-cursor-detail = Usa come cursor il valore next della pagina prima, e limit da 1 a 100.
problem-idempotency-key-title = Idempotency-Key non valida
problem-idempotency-key-detail = Da 1 a 255 caratteri visibili, senza spazi né virgolette.
problem-idempotency-reused-title = Idempotency-Key già usata
problem-idempotency-reused-detail = La chiave appartiene a una richiesta diversa: usane una nuova.
problem-idempotency-busy-title = La stessa richiesta è in corso
problem-idempotency-busy-detail = Aspetta i secondi indicati in Retry-After, poi ripeti: avrai la sua risposta.
