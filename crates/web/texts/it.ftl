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
