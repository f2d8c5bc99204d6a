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
ui-error-summary = C’è un problema
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
ui-reference = Il tuo numero di riferimento
ui-table-scroll = Tabella: { $caption }
ui-print = Stampa o salva in PDF
ui-new-window = (si apre in un’altra scheda)
