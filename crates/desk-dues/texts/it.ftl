
## Pagina iniziale e istruzioni
home-title = Quota annuale
home-heading = Quota Albo { $year }
home-lead = Registra l’impresa, calcola la quota dovuta, paga con pagoPA e conserva la ricevuta. Funziona anche dal telefono.
home-deadline = Si paga entro il { $date }
home-deadline-text = La data vale per tutte le imprese iscritte all’Albo.
home-deadline-extended = Il termine è stato prorogato: vale per tutte le imprese iscritte all’Albo.
home-opens = Si può pagare dal { $date }
home-opens-text = Puoi già registrare l’impresa.
home-go-on = Vai alla quota
home-register = Registra l’impresa
home-sign-in = Accedi
home-before-title = Prima di cominciare
home-before = Tieni a portata di mano:
home-before-1 = il codice fiscale o la partita IVA dell’impresa;
home-before-2 = il numero di iscrizione all’Albo;
home-before-3 = l’indirizzo PEC che risulta nel certificato della Camera di commercio, e la sua password: le credenziali arrivano lì;
home-before-4 = un numero di telefono, per l’assistenza.
home-how-title = Come funziona
home-how-1 = Registrati.
home-how-1-text = Con la PEC della Camera di commercio ottieni il profilo completo; con un’altra e-mail puoi comunque pagare.
home-how-1-text-pec = Con la PEC che risulta nel certificato della Camera di commercio.
home-how-2 = Ricevi le credenziali.
home-how-2-text = PIN, matricola e password arrivano all’indirizzo indicato. Vedi in ogni momento se il messaggio è stato consegnato.
home-how-3 = Controlla la quota.
home-how-3-text = Ogni importo è spiegato veicolo per veicolo, con la norma. Se il parco veicolare non è il tuo, lo segnali da lì.
home-how-4 = Paga e conserva la ricevuta.
home-how-4-text = Online o con l’avviso stampato. La ricevuta arriva per e-mail e si ristampa quando vuoi.
home-help-title = Domande frequenti
home-instructions = Istruzioni complete
faq-password = Non riesco ad accedere o ho dimenticato la password
faq-password-1 = Dopo troppi tentativi sbagliati l’utenza è sospesa. La vecchia password non si può recuperare: se ne riceve una nuova all’indirizzo registrato.
faq-password-2 = Puoi chiederla da qui:
faq-receipt = Non ho ricevuto la ricevuta di pagamento
faq-receipt-1 = La ricevuta parte in automatico per posta elettronica ordinaria. Se il tuo indirizzo è una PEC, controlla che la casella accetti anche messaggi non PEC.
faq-receipt-2 = In ogni caso puoi ristamparla dalla pagina dei pagamenti.
faq-pec = La PEC è giusta ma non viene riconosciuta
faq-pec-1 = Il registro delle imprese risponde a un numero limitato di richieste al minuto. Se non ha ancora risposto, la tua PEC non è sbagliata: la registrazione resta in coda e si completa da sola.
faq-pec-2 = Nel frattempo puoi già pagare. Ti scriviamo noi quando la verifica è conclusa.
instructions-title = Istruzioni operative
instructions-register = Registrazione
instructions-register-1 = Con la PEC che risulta nel certificato della Camera di commercio: l’indirizzo è verificato presso il registro delle imprese e il profilo è completo.
instructions-register-2 = Dal { $date }, in alternativa, con un’e-mail non PEC o con una PEC diversa: l’indirizzo non è verificato e si può soltanto pagare.
instructions-register-3 = Dal { $date } un profilo semplificato può diventare completo: l’indirizzo è sostituito da quello della Camera di commercio.
instructions-register-4 = In entrambi i casi serve un recapito telefonico, usato solo per l’assistenza.
instructions-password = Password
instructions-password-1 = Al primo accesso la password va cambiata. La nuova password ha almeno 8 caratteri, con almeno una cifra, una lettera maiuscola e un carattere speciale, ed è diversa dalle ultime tre.
instructions-password-2 = Se l’utenza è sospesa, chiedi il ripristino indicando matricola, numero di iscrizione all’Albo e telefono: dal modulo, o con una e-mail con oggetto RESET PASSWORD.
instructions-password-3 = Puoi anche fare da solo, con un collegamento inviato all’indirizzo registrato:
instructions-fee = Calcolo della quota
instructions-fee-1 = L’importo dipende dal parco veicolare alla data del { $date }, con i criteri di questo atto: { $act }.
instructions-fee-2 = La quota { $year } si paga entro il { $date }.
instructions-receipt = Ricevuta

## Registrazione
register-title = Registrazione
register-step-way = Modalità
register-step-data = Dati
register-step-check = Riepilogo
register-lead = Scegli con quale indirizzo registrare l’impresa.
register-way = Come vuoi registrarti?
register-way-pec = Con la PEC della Camera di commercio
register-way-pec-hint = L’indirizzo è verificato presso il registro delle imprese. Vedi tutti i dati dell’impresa.
register-way-simplified = Con un’altra e-mail o PEC
register-way-simplified-hint = L’indirizzo non è verificato. Puoi soltanto pagare la quota.
register-way-missing = Scegli come vuoi registrarti
register-simplified-from = Dal { $date } ci si potrà registrare anche con un’altra e-mail.
register-have-account = Hai già le credenziali?
register-continue = Continua
register-data-pec = Dati dell’impresa e PEC
register-data-simplified = Dati dell’impresa ed e-mail
register-pec-note = Le credenziali arrivano alla PEC indicata: assicurati di poterla aprire.
register-simplified-note = Le credenziali arrivano all’indirizzo indicato, che non viene verificato: con questo profilo puoi soltanto pagare.
register-tax-code = Codice fiscale o partita IVA dell’impresa
register-tax-code-hint = 11 cifre, o 16 caratteri per le imprese individuali. Maiuscole, spazi e zeri iniziali non contano.
register-tax-code-empty = Inserisci il codice fiscale dell’impresa
tax-code-empty = Inserisci il codice fiscale dell’impresa
tax-code-length = Il codice fiscale ha 11 cifre oppure 16 caratteri: controlla di averlo scritto per intero
tax-code-illegal-character = Il codice fiscale contiene un carattere che non può starci: controlla
tax-code-check-character = Il codice fiscale non è corretto: un carattere è sbagliato
tax-code-check-digit = Il codice non è corretto: una cifra è sbagliata
tax-code-birth-date = Il codice fiscale non è corretto: la data di nascita non esiste
tax-code-birthplace = Il codice fiscale non è corretto: il luogo di nascita non esiste
register-albo = Numero di iscrizione all’Albo
register-albo-hint = Provincia, sette cifre e una lettera, per esempio RM/0001234/A.
register-albo-empty = Inserisci il numero di iscrizione all’Albo
register-albo-wrong = Il numero di iscrizione ha la provincia, fino a sette cifre e una lettera, per esempio RM/0001234/A
register-pec = PEC della Camera di commercio
register-pec-hint = L’indirizzo che risulta nel certificato camerale.
register-email = E-mail o PEC
register-email-hint = L’indirizzo a cui inviare le credenziali e la ricevuta.
register-email-empty = Inserisci l’indirizzo
register-email-wrong = L’indirizzo non è scritto in modo corretto, per esempio nome@esempio.it
register-box = Che casella è?
register-box-hint = Serve per spedirti i messaggi nel modo giusto.
register-box-ordinary = E-mail ordinaria
register-box-pec = PEC
register-box-missing = Indica se la casella è ordinaria o PEC
register-phone = Telefono
register-phone-hint = Lo usa l’assistenza per richiamarti.
register-phone-empty = Inserisci un numero di telefono
register-phone-wrong = Il numero di telefono non è completo o non è corretto
register-unknown-firm = Nessuna impresa iscritta all’Albo ha questo codice fiscale. Controllalo; se l’iscrizione è recente, contatta l’assistenza
register-wrong-number = Il numero di iscrizione non è quello di questa impresa. Lo trovi nel provvedimento di iscrizione
register-removed = Questa impresa risulta cancellata dall’Albo
register-not-open = La registrazione con un’altra e-mail non è ancora aperta
register-check-title = Controlla i dati
register-check-lead = Verifica tutto prima di inviare. Puoi ancora modificare.
register-firm = Impresa
register-address = Indirizzo per le credenziali
register-privacy = Inviando dichiari di aver letto la
register-submit = Invia la registrazione
status-title = A che punto è
status-messages = Messaggi inviati
status-next = Che cosa fare adesso
status-again = Ricomincia la registrazione
status-begun = Registrazione inviata il { $when }
status-checking-title = Stiamo verificando la PEC
status-checking-text = Abbiamo chiesto al registro delle imprese se { $email } è la PEC dell’impresa. Non ha ancora risposto: non vuol dire che l’indirizzo sia sbagliato.
status-upgrading-title = Stiamo verificando la PEC
status-upgrading-text = Abbiamo chiesto al registro delle imprese se { $email } è la PEC dell’impresa. Appena risponde, il profilo diventa completo e nuove credenziali arrivano a quell’indirizzo.
status-upgraded-title = Il profilo è completo
status-upgraded-text = Il registro delle imprese ha confermato { $email }. Per sicurezza abbiamo inviato lì nuove credenziali: usale per accedere.
status-provisional-title = Puoi già pagare
status-provisional-text = Il registro delle imprese non ha ancora risposto: il ritardo non dipende da te. Intanto abbiamo inviato le credenziali a { $email}, con cui puoi pagare.
status-verified-title = Registrazione completata
status-verified-text = Il registro delle imprese ha confermato { $email }. Il profilo è completo.
status-simplified-title = Registrazione ricevuta
status-simplified-text = Ti abbiamo scritto. Se l’impresa non era ancora registrata, le credenziali sono all’indirizzo che hai indicato; se lo era già, le istruzioni sono all’indirizzo già registrato.
status-mismatch-title = L’indirizzo non corrisponde
status-mismatch-text = Il registro delle imprese ha risposto. { $masked }
status-another-address = Per questa impresa risulta un’altra PEC: { $masked }.
status-no-entry = Per questa impresa non risulta nessuna PEC.
status-queue = { $ahead ->
    [0] È il tuo turno: la risposta arriva di solito in meno di un minuto.
    [one] Prima di te c’è una verifica: circa { $time }.
   *[other] Prima di te ci sono { $ahead } verifiche: circa { $time }.
 }
status-queue-next = Nessuno è prima di te: circa { $time }. In questo momento il registro ci fa aspettare.
status-queue-minutes = { $minutes ->
    [one] un minuto
   *[other] { $minutes } minuti
 }
status-queue-hours = { $hours ->
    [one] un’ora
   *[other] { $hours } ore
 }
status-queue-silent = { $ahead ->
    [0] Il registro in questo momento non risponde. Appena risponde, la prima domanda è la tua.
    [one] Il registro in questo momento non risponde: non sappiamo dire quanto manca. Prima di te c’è una verifica; nessuna si perde.
   *[other] Il registro in questo momento non risponde: non sappiamo dire quanto manca. Prima di te ci sono { $ahead } verifiche; nessuna si perde.
 }
status-queue-paused = L’ente ha messo in pausa le verifiche. La tua resta al suo posto: quando riprendono va avanti da sola, e ti scriviamo noi.
status-next-checking-1 = Puoi chiudere questa pagina: la verifica continua e ti scriviamo noi.
status-next-checking-2 = Se il registro non risponde subito, ti mandiamo comunque le credenziali per pagare.
status-next-provisional-1 = Apri la PEC, accedi e paga.
status-next-provisional-2 = Quando il registro risponde, il profilo diventa completo da solo: non devi fare nulla.
status-next-mismatch-1 = Controlla nel certificato della Camera di commercio quale PEC risulta e registrati con quella.
status-next-mismatch-2 = Oppure registrati con un’altra e-mail: potrai pagare, e completare il profilo più avanti.
status-next-done-1 = Apri il messaggio: contiene matricola, PIN e password.
status-next-done-2 = Accedi e scegli la tua password.
status-dead-title = Il messaggio non è stato consegnato
status-dead-text = Il messaggio per { $email } è tornato indietro: quella casella non lo riceve.
status-next-dead-1 = La casella indicata non riceve messaggi: il problema è della casella, non della registrazione.
status-next-dead-2 = Chiedi al gestore di riattivarla, oppure registrati con un’altra e-mail.
status-next-dead-3 = Se la PEC dell’impresa è disattivata, comunica il nuovo indirizzo alla Camera di commercio.
status-way-simplified = Registrati con un’altra e-mail o PEC: potrai pagare subito
status-way-chamber = Camera di commercio: come comunicare un nuovo indirizzo PEC

## Consegna dei messaggi
notice-kind-credentials = Credenziali
notice-kind-credentials-provisional = Credenziali
notice-kind-credentials-reset = Nuove credenziali
notice-kind-now-full = Profilo completo
notice-kind-already-registered = Avviso di registrazione
notice-kind-taken-over = Avviso di registrazione
notice-kind-another-address = Esito della verifica
notice-kind-no-entry = Esito della verifica
notice-kind-receipt = Ricevuta di pagamento
notice-kind-probe = Prova della casella
notice-kind-contact-code = Codice di conferma
notice-kind-contact-changed = Cambio di indirizzo
notice-kind-reset-link = Collegamento per la password
notice-kind-help-refused = Risposta dell’assistenza
notice-kind-claim-accepted = Esito della segnalazione
notice-kind-claim-refused = Esito della segnalazione
delivery-queued = In partenza
delivery-handed = Affidato al gestore PEC
delivery-sent = Inviato
delivery-accepted = Accettato dal gestore PEC
delivery-delivered = Consegnato nella casella
delivery-delayed = Non ancora consegnato
delivery-failed = Non consegnato
delivery-at-sent = inviato { $time }
delivery-at-accepted = accettato { $time }
delivery-at-delivered = consegnato { $time }
delivery-at-failed = respinto { $time }
delivery-reason-no-such-box = La casella non esiste o non è mai stata attivata. Chiedi al gestore di attivarla, oppure usa un altro indirizzo.
delivery-reason-box-disabled = La casella è stata disattivata. Chiedi al gestore di riattivarla, oppure usa un altro indirizzo.
delivery-reason-box-full = La casella è piena. Libera spazio e chiedi un nuovo invio all’assistenza.
delivery-reason-no-such-domain = Il dominio dell’indirizzo non esiste. Controlla come è scritto.
delivery-reason-timed-out = Il gestore della casella non risponde da 24 ore. Contatta il gestore, oppure usa un altro indirizzo.
delivery-reason-twelve-hours = Il gestore della casella non risponde da 12 ore: il messaggio può ancora arrivare.
delivery-reason-virus = Il gestore ha bloccato il messaggio per sicurezza. Contatta l’assistenza.
delivery-reason-not-accepted = Il nostro gestore non ha accettato il messaggio. Contatta l’assistenza.
delivery-reason-refused = La casella ha respinto il messaggio. Se è una PEC, controlla che accetti posta ordinaria; altrimenti usa un altro indirizzo.

## Accesso e password
sign-in-title = Accedi
sign-in-code = Matricola
sign-in-code-hint = Comincia con IT; la trovi nel messaggio con le credenziali.
sign-in-password = Password
sign-in-button = Accedi
sign-in-new = Non hai ancora le credenziali?
sign-in-wrong = { $left ->
    [one] Matricola o password non corrette. Ti resta un tentativo.
   *[other] Matricola o password non corrette. Ti restano { $left } tentativi.
 }
sign-in-suspended = Utente sospeso per superamento numero tentativi pwd errata. Contattare Amministratore di Sistema per il ripristino
sign-in-suspended-next = Per il ripristino:
sign-in-delayed = Troppi tentativi sbagliati. Riprova tra 15 minuti, oppure chiedi un collegamento per scegliere una nuova password
sign-in-expired = La password temporanea è scaduta. Chiedine una nuova
signed-out = Sei uscito.
password-title = Cambia password
password-first-title = Scegli la tua password
password-first-text = È il primo accesso: la password ricevuta va cambiata.
password-temporary = Password ricevuta
password-present = Password attuale
password-new = Nuova password
password-again = Conferma password
password-no-paste = Riscrivila: in questo campo non si può incollare.
password-button = Salva la password
password-history = { $count ->
    [one] La nuova password deve essere diversa dall’ultima usata.
   *[other] La nuova password deve essere diversa dalle ultime { $count } usate.
 }
password-rule-length = avere almeno { $length } caratteri
password-rule-digit = contenere almeno una cifra
password-rule-capital = contenere almeno una lettera maiuscola
password-rule-special = contenere almeno un carattere né lettera né cifra, come ! ? % -
password-rule-common = non essere una password comune, né il nome dell’impresa
password-rule-too-long = avere al massimo 128 caratteri
password-wrong = La password attuale non è corretta
password-unmet = La nuova password non rispetta tutte le regole indicate
password-differ = Le due password non coincidono
password-used-before = { $count ->
    [one] Hai già usato questa password: scegline un’altra
   *[other] Hai già usato questa password di recente (le ultime { $count } non si ripetono): scegline un’altra
 }
password-changed = Password salvata. Le altre sessioni sono state chiuse.
password-chosen = Password salvata. Ora puoi accedere.
password-choose-title = Scegli la password
password-link-gone = Il collegamento non è più valido
password-link-gone-next = Vale una volta sola e per un tempo limitato. Chiedine un altro:
pin-label = PIN
pin-hint = Sei cifre, ricevute con le credenziali.
pin-wrong = { $left ->
    [one] Il PIN non è corretto. Ti resta un tentativo
   *[other] Il PIN non è corretto. Ti restano { $left } tentativi
 }
pin-suspended = Troppi PIN sbagliati: chiedi nuove credenziali all’assistenza
forgotten-title = Password dimenticata
forgotten-lead = La vecchia password non si recupera: se ne imposta una nuova.
forgotten-sent = Richiesta ricevuta
forgotten-sent-text = Se la matricola esiste, all’indirizzo registrato arriva un collegamento valido due ore.
forgotten-link-title = Fai da te
forgotten-link-text = Ricevi un collegamento all’indirizzo registrato e scegli subito una nuova password.
forgotten-link-button = Inviami il collegamento
forgotten-request-title = Con l’assistenza
forgotten-request-text = Un operatore verifica i dati e invia nuove credenziali all’indirizzo registrato.
forgotten-mail-text = Puoi anche scrivere a { $email } con oggetto RESET PASSWORD, indicando matricola, numero di iscrizione all’Albo e telefono.
request-title = Chiedi il ripristino
request-lead = Le nuove credenziali arrivano solo all’indirizzo registrato.
request-phone-hint = Dove possiamo richiamarti.
request-message = Che cosa è successo
request-code-wrong = La matricola comincia con IT e ha otto cifre
request-button = Invia la richiesta
request-sent = Richiesta inviata
request-sent-text = Un operatore la esamina. Se i dati corrispondono, le nuove credenziali arrivano all’indirizzo registrato.

## Quota e pagamento
nav-fee = Quota
nav-payments = Pagamenti
nav-firm = Impresa
nav-profile = Profilo
fee-title = Quota { $year }
fee-due = Da pagare: { $amount }
fee-by = { $days ->
    [0] Scade oggi, { $date }.
    [one] Entro il { $date }: manca un giorno.
   *[other] Entro il { $date }: mancano { $days } giorni.
 }
fee-overdue = Il termine del { $date } è passato: paga al più presto.
fee-deadline-title = Termine di pagamento
fee-term = { $date } – { $reason }
fee-act = Importi: { $act }
fee-demonstration = (dati dimostrativi)
fee-band = da { $from } a { $to }
fee-band-open = da { $from } in su
pay-title = Paga
pay-online-text = Con carta o conto, sul sito di pagoPA.
pay-online = Paga online
pay-notice-text = Oppure in banca, in posta, dal tabaccaio o con l’app, con l’avviso e il suo codice QR.
pay-notice = Scarica l’avviso (PDF)
pay-notice-number = Codice avviso
pay-not-open = Questa quota non è da pagare: è già pagata o è stata sostituita.
pay-unavailable = La pagina di pagamento non risponde in questo momento. Riprova tra poco, oppure paga con l’avviso.
returned-ok = Il sito di pagamento comunica che il pagamento è eseguito.
returned-cancelled = Pagamento annullato: la quota è ancora da pagare.
returned-error = Il pagamento non è andato a buon fine: non ti è stato addebitato nulla. Puoi riprovare.
way-title = Pagato, ricevuta in arrivo
way-text = Il pagamento risulta eseguito ({ $time }), ma la ricevuta di pagoPA non è ancora arrivata.
way-next = Non pagare di nuovo. Di solito bastano pochi minuti; ti scriviamo noi.
paid-title = Pagata: { $amount }
paid-text = Pagamento del { $when }. Ricevuta n. { $number }.
computation-title = Come si calcola
computation-lead = Quota { $year }. Atto: { $act }.
computation-lines = Calcolo voce per voce
computation-what = Voce
computation-count = Quantità
computation-each = Importo
computation-amount = Totale
computation-source = Norma
computation-total = Totale dovuto
computation-vehicles = Veicoli
computation-vehicles-caption = Importo di ogni veicolo
computation-vehicles-text = { $count ->
    [0] Al { $date } non risultano veicoli.
    [one] Al { $date } risulta un veicolo.
   *[other] Al { $date } risultano { $count } veicoli.
 }
computation-back = Torna alla quota
vehicle-plate = Targa
vehicle-kind = Tipo
vehicle-mass = Massa
claim-title = Il parco veicolare non è questo?
claim-lead = Se i veicoli non sono i tuoi o le masse sono sbagliate, dillo qui: un operatore controlla e ricalcola la quota.
claim-link = Segnala i veicoli corretti
claim-open = La tua segnalazione è in esame: ti scriviamo con l’esito.
claim-text = La quota è calcolata sui veicoli del { $date }. Correggi l’elenco e spiega che cosa non torna.
claim-frozen = Veicoli che risultano a noi
claim-filed-title = Segnalazioni inviate
claim-message = Che cosa non torna
claim-message-hint = Per esempio: il veicolo è stato venduto il 3 ottobre.
claim-message-missing = Spiega che cosa non torna
claim-fleet = Veicoli corretti
claim-fleet-hint = Uno per riga: targa; tipo (autocarro, trattore, rimorchio, semirimorchio); massa in kg.
claim-fleet-line = Riga { $line }: «{ $text }» non si legge. Scrivi targa; tipo; massa in kg
claim-button = Invia la segnalazione
claim-filed = Segnalazione inviata: ti scriviamo con l’esito.
payments-caption = Pagamenti effettuati
payments-number = Ricevuta n.
payments-year = Anno
payments-when = Pagato il
payments-psp = Presso
payments-receipt = Ricevuta
payments-print = Scarica la ricevuta
payments-empty = Ancora nessun pagamento
payments-empty-text = Qui trovi le ricevute, da ristampare quando vuoi.
payments-mail-title = La ricevuta per e-mail
payments-mail = La ricevuta parte in automatico, per posta elettronica ordinaria, a { $email }.
payments-pec = Il tuo indirizzo è una PEC: controlla che la casella accetti anche posta ordinaria. La ricevuta resta comunque qui.
refuses-title = La tua casella rifiuta la posta ordinaria
refuses-text = Le ricevute non possono arrivare per e-mail. Abilita la posta ordinaria presso il gestore della PEC, oppure indica un altro indirizzo; le ricevute restano nella pagina dei pagamenti.

## Profilo e impresa
profile-level = Profilo
profile-email = Indirizzo
profile-email-new = Nuovo indirizzo
level-full = Completo
level-full-text = Vedi tutti i dati dell’impresa.
level-payment-only = Solo pagamento
level-payment-only-text = L’indirizzo non è stato verificato presso il registro delle imprese: puoi soltanto pagare.
sessions-title = Dispositivi collegati
session-current = questo dispositivo
session-line = dalle { $from }, ultima attività { $seen }
sessions-end = Scollega gli altri
sessions-ended = Gli altri dispositivi sono stati scollegati.
phone-title = Cambia telefono
phone-text = Il numero serve solo all’assistenza.
phone-button = Salva il numero
phone-changed = Numero di telefono aggiornato.
email-title = Cambia indirizzo
email-text = Inviamo un codice al nuovo indirizzo per essere sicuri che sia tuo. Avvisiamo anche quello attuale.
email-button = Invia il codice
email-same = È già il tuo indirizzo
email-confirm-title = Conferma il nuovo indirizzo
email-confirm-text = Abbiamo inviato un codice a { $email }. Vale fino alle { $until }.
email-confirm-button = Conferma
email-code = Codice ricevuto
email-code-wrong = { $left ->
    [one] Il codice non è corretto. Ti resta un tentativo
   *[other] Il codice non è corretto. Ti restano { $left } tentativi
 }
email-no-code = Il codice non è più valido: chiedine un altro.
email-changed = Indirizzo aggiornato.
upgrade-title = Passa al profilo completo
upgrade-lead = Indica la PEC della Camera di commercio: se il registro la conferma, il profilo diventa completo.
upgrade-from = Sarà possibile dal { $date }.
upgrade-not-open = Il passaggio al profilo completo non è ancora aperto.
upgrade-text = Il registro delle imprese verifica la PEC; poi nuove credenziali arrivano lì e l’indirizzo attuale viene sostituito.
upgrade-button = Chiedi la verifica
firm-lead = I dati che risultano all’Albo.
firm-name = Denominazione
firm-address = Sede
firm-enrolled = Iscritta dal
firm-fleet = Parco veicolare per la quota { $year } ({ $count })

## Messaggi
notice-secret-password = Password temporanea: { $password }
    Accedi da: { $url }
notice-secret-link = Scegli la password da questo collegamento, valido una volta sola:
    { $url }
notice-credentials-subject = Credenziali – { $portal }
notice-credentials-text = Impresa: { $firm }
    Iscrizione all’Albo: { $number }

    Matricola: { $code }
    PIN: { $pin }
    { $secret }

    Le credenziali valgono fino al { $until }. Al primo accesso sceglierai la tua password.
    Non comunicarle a nessuno: non te le chiederemo mai per telefono.

    { $owner }
    Assistenza: { $phone }
notice-credentials-provisional-subject = Credenziali per pagare – { $portal }
notice-credentials-provisional-text = Impresa: { $firm }
    Iscrizione all’Albo: { $number }

    Il registro delle imprese non ha ancora risposto alla nostra verifica: il ritardo non dipende da te. Intanto puoi già pagare con queste credenziali.

    Matricola: { $code }
    PIN: { $pin }
    { $secret }

    Le credenziali valgono fino al { $until }. Quando il registro conferma l’indirizzo, il profilo diventa completo da solo.

    { $owner }
    Assistenza: { $phone }
notice-credentials-reset-subject = Nuove credenziali – { $portal }
notice-credentials-reset-text = Impresa: { $firm }
    Iscrizione all’Albo: { $number }

    Come richiesto, ecco le nuove credenziali. Le precedenti non valgono più.

    Matricola: { $code }
    PIN: { $pin }
    { $secret }

    Valgono fino al { $until }. Se non le hai chieste, chiama subito l’assistenza.

    { $owner }
    Assistenza: { $phone }
notice-now-full-subject = Il profilo è completo – { $portal }
notice-now-full-text = Il registro delle imprese ha confermato l’indirizzo di { $firm }: il profilo ora è completo{ $extra }.
    Le credenziali restano quelle che hai già: { $url }

    { $owner }
    Assistenza: { $phone }
notice-already-registered-subject = Impresa già registrata – { $portal }
notice-already-registered-text = Qualcuno ha chiesto di registrare { $firm }, che ha già un profilo.
    Matricola: { $extra }
    Se hai dimenticato la password, scegline una nuova da { $url }
    Se non sei stato tu, non devi fare nulla.

    { $owner }
    Assistenza: { $phone }
notice-taken-over-subject = Il profilo è stato verificato – { $portal }
notice-taken-over-text = { $firm } ha verificato il proprio profilo con la PEC del registro delle imprese{ $extra }.
    Questo indirizzo non riceverà altri messaggi e le credenziali inviate qui non valgono più.

    { $owner }
    Assistenza: { $phone }
notice-another-address-subject = Esito della verifica – { $portal }
notice-another-address-text = Il registro delle imprese ha risposto: per { $firm } risulta un’altra PEC ({ $extra }).
    Controlla il certificato della Camera di commercio e registrati con quell’indirizzo, oppure con un’altra e-mail: { $register_url }
    Se hai già ricevuto le credenziali, puoi comunque pagare.

    { $owner }
    Assistenza: { $phone }
notice-no-entry-subject = Esito della verifica – { $portal }
notice-no-entry-text = Il registro delle imprese ha risposto: per { $firm } non risulta nessuna PEC{ $extra }.
    Comunica la PEC alla Camera di commercio, oppure registrati con un’altra e-mail: { $register_url }
    Se hai già ricevuto le credenziali, puoi comunque pagare.

    { $owner }
    Assistenza: { $phone }
notice-contact-code-subject = Codice di conferma
notice-contact-code-text = Codice per confermare il nuovo indirizzo: { $code }
    Vale 30 minuti. Se non l’hai chiesto, ignora questo messaggio.

    { $owner }
notice-contact-changed-subject = Indirizzo cambiato
notice-contact-changed-text = L’indirizzo del tuo profilo è stato cambiato in { $masked }.
    Se non sei stato tu, chiama subito l’assistenza.

    { $owner }
    Assistenza: { $phone }
notice-reset-link-subject = Scegli una nuova password – { $portal }
notice-reset-link-text = È stata chiesta una nuova password per { $firm }.
    Scegli la password da questo collegamento, valido due ore e una volta sola:
    { $url }
    Se non l’hai chiesta, ignora questo messaggio: la password attuale resta valida.

    { $owner }
    Assistenza: { $phone }
notice-help-refused-subject = La tua richiesta di ripristino
notice-help-refused-text = Non abbiamo potuto ripristinare le credenziali: { $answer }

    { $owner }
    Assistenza: { $phone }

## Quota: calcolo, errori
fee-object = Quota Albo autotrasportatori { $year }
fee-line-fixed = Quota fissa di iscrizione
fee-line-fleet-band = Quota per numero di veicoli: { $band }
fee-line-mass-band = Veicoli con massa in kg: { $band }
fee-error-no-such-year = Per quest’anno non è prevista una quota su questo portale. Controlla l’anno oppure scrivi all’assistenza.
fee-error-not-open = Il pagamento della quota non è ancora aperto. Torna dalla data indicata nella pagina iniziale.
fee-error-closed = Il pagamento della quota su questo portale è chiuso. Scrivi all’assistenza: ti dirà come mettere in regola l’impresa.
fee-error-not-owed = L’impresa non deve questa quota: al 31 dicembre dell’anno precedente non era iscritta all’Albo. Se non è così, scrivi all’assistenza.
fee-error-no-fleets = I veicoli delle imprese per quest’anno non sono ancora stati caricati, quindi l’importo non si può calcolare. Riprova nei prossimi giorni: non devi fare altro.
fee-error-mass = Una massa non è possibile: indica i chilogrammi, da 1 a 100000, senza punti.
fee-error-paid = La quota è già pagata: non c’è nulla da ricalcolare.
fee-error-internal = Non riusciamo a calcolare la quota per un problema del portale, non tuo. Riprova tra qualche minuto.
vehicle-lorry = Autocarro
vehicle-tractor = Trattore
vehicle-trailer = Rimorchio
vehicle-semitrailer = Semirimorchio

## Contestazione del parco veicolare
claim-state-open = In esame
claim-state-accepted = Accolta
claim-state-refused = Respinta
claim-error-no-message = Scrivi che cosa non è giusto nel parco veicolare.
claim-error-message-too-long = Il messaggio supera i 2000 caratteri: accorcialo.
claim-error-too-many = L’elenco ha più di 5000 veicoli. Controllalo oppure scrivi all’assistenza.
claim-error-mass = Un veicolo ha una massa non possibile: indica i chilogrammi, da 1 a 100000, senza punti.
claim-error-twice = Una targa compare due volte nell’elenco: togli il doppione.
claim-error-nothing-differs = L’elenco è uguale a quello che abbiamo: cambia, aggiungi o togli i veicoli che non sono giusti.
claim-error-paid = La quota è già pagata, quindi il parco veicolare non si cambia da qui. Per un rimborso o una rettifica scrivi all’assistenza.
claim-error-already-open = C’è già una contestazione in esame per quest’anno. Attendi la risposta: arriva per e-mail.
claim-error-no-such-claim = Questa contestazione non c’è. Torna all’elenco.
claim-error-decided = La contestazione è già stata decisa in un altro modo. Ricarica la pagina per vedere come.
claim-error-no-reason = Scrivi il motivo: chi ha fatto la contestazione deve sapere perché è respinta.

## Importazioni
import-error-no-rows = Il file non ha righe oltre all’intestazione. Controlla di avere scelto il file giusto.
import-error-too-large = Il file supera i 256 MB. Dividilo in più file e caricali uno dopo l’altro.
import-error-not-utf8 = Alla riga { $detail } c’è un carattere che non è in UTF-8. Salva il file come «CSV UTF-8» e caricalo di nuovo.
import-error-unknown-column = La colonna «{ $detail }» non è prevista. Toglila o correggi il nome.
import-error-missing-column = Manca la colonna «{ $detail }». Aggiungila con questo nome nella prima riga.
import-error-column-twice = La colonna «{ $detail }» compare due volte. Lasciane una.
import-error-no-suspensions = Nell’Albo risultano imprese sospese, e il file non dice nulla delle sospensioni: resterebbe incerto quali continuano. Aggiungi le colonne sospesa_dal e sospesa_al, vuote per le imprese non sospese, e ricarica il file.
import-error-no-year = Scegli l’anno della quota a cui si riferiscono i veicoli.
import-error-no-such-year = Per l’anno { $detail } non è prevista una quota.
import-error-no-such-import = Questa importazione non c’è. Torna all’elenco.
import-error-dropped = L’importazione è stata scartata: per applicarla carica di nuovo il file.
import-error-applied = L’importazione è già stata applicata: non si può più scartare.
import-error-read = Il file non si legge come CSV. Aprilo con un foglio di calcolo, salvalo come «CSV UTF-8» e caricalo di nuovo.
import-error-internal = L’importazione non è riuscita per un problema del portale. Nulla è stato modificato: riprova.
import-row-cells = Il numero di celle non è quello dell’intestazione.
import-row-empty = La cella è vuota.
import-row-too-long = Il testo supera i 200 caratteri.
import-row-twice = Il valore compare già in una riga precedente.
import-row-unknown-firm = Nessuna impresa dell’elenco ha questo codice fiscale.
import-row-albo-taken = Questo numero di iscrizione è già di un’altra impresa.
import-row-albo-empty = Manca il numero di iscrizione all’Albo.
import-row-albo-form = Il numero di iscrizione si scrive come RM/0001234/A.
import-row-albo-province = Il numero di iscrizione non comincia con la sigla di una provincia.
import-row-albo-number = Dopo la provincia servono da 1 a 7 cifre.
import-row-albo-letter = Il numero di iscrizione finisce con una lettera.
import-row-tax-code-empty = Manca il codice fiscale.
import-row-tax-code-length = Il codice fiscale ha 16 caratteri oppure 11 cifre.
import-row-tax-code-illegal-character = Il codice fiscale ha un carattere che lì non può stare.
import-row-tax-code-check-character = Il codice fiscale ha un carattere sbagliato: il controllo finale non torna.
import-row-tax-code-check-digit = Il codice fiscale ha una cifra sbagliata: il controllo finale non torna.
import-row-tax-code-birth-date = La data di nascita nel codice fiscale non esiste.
import-row-tax-code-birthplace = Il luogo di nascita nel codice fiscale non esiste.
import-row-plate-empty = Manca la targa.
import-row-plate-illegal-character = La targa ha un carattere che non è una lettera né una cifra.
import-row-plate-length = La targa ha da 4 a 10 caratteri.
import-row-kind = Il tipo è autocarro, trattore, rimorchio o semirimorchio.
import-row-mass-form = La massa si scrive in chilogrammi, con sole cifre.
import-row-mass-range = La massa va da 1 a 100000 kg.
import-row-date-form = La data si scrive 2016-11-19 oppure 19/11/2016.
import-row-date-no-such-day = La data non esiste nel calendario.
import-row-date-order = La cancellazione è prima dell’iscrizione.
import-row-suspended-early = La sospensione comincia prima dell’iscrizione.
import-row-suspended-order = La sospensione finisce prima di cominciare.
import-row-suspended-start = C’è la fine di una sospensione ma non l’inizio.
import-csv-line = riga
import-csv-column = colonna
import-csv-found = valore
import-csv-reason = motivo

## Ricevuta in PDF
paper-receipt-file = ricevuta
paper-receipt-title = Ricevuta di pagamento n. { $number }
paper-receipt-subject = Quota di iscrizione all’Albo per l’anno { $year }
paper-receipt-statement = Si attesta di avere ricevuto, attraverso pagoPA, il pagamento descritto qui sotto.
paper-receipt-footer = Ricevuta n. { $number }. Si può ristampare in ogni momento dalla pagina dei pagamenti del portale.
paper-receipt-surplus-title = Pagamento da verificare
paper-receipt-surplus = L’importo è stato ricevuto, ma non corrisponde a una quota ancora da pagare. L’assistenza lo verifica e dice come ottenere il rimborso.
paper-firm = Impresa
paper-tax-code = Codice fiscale
paper-member-code = Matricola
paper-albo-number = Iscrizione all’Albo
paper-year = Anno della quota
paper-amount-paid = Importo pagato
paper-psp = Prestatore del servizio di pagamento
paper-paid-at = Data e ora del pagamento
paper-notice-number = Codice avviso
paper-receipt-id = Identificativo della ricevuta
paper-receipt-computation = Come è calcolata la quota
paper-receipt-basis = { $count ->
    [0] { $act }. Parco veicolare alla data del { $date }: nessun veicolo.
    [one] { $act }. Parco veicolare alla data del { $date }: un veicolo.
   *[other] { $act }. Parco veicolare alla data del { $date }: { $count } veicoli.
  }
paper-receipt-lines = Voci della quota
paper-column-line = Voce
paper-column-each = Unitario
paper-column-amount = Importo
paper-column-source = Fonte
paper-total = Totale
paper-thousands = { "." }
paper-line-fixed = Quota fissa di iscrizione
paper-line-fleet = { $vehicles ->
    [0] Nessun veicolo (fascia da { $from } a { $to })
    [one] Un veicolo (fascia da { $from } a { $to })
   *[other] { $vehicles } veicoli (fascia da { $from } a { $to })
  }
paper-line-fleet-open = { $vehicles } veicoli (fascia da { $from } in su)
paper-line-mass-first = { $count ->
    [one] Un veicolo fino a { $to } kg
   *[other] { $count } veicoli fino a { $to } kg
  }
paper-line-mass = { $count ->
    [one] Un veicolo da { $from } a { $to } kg
   *[other] { $count } veicoli da { $from } a { $to } kg
  }
paper-line-mass-open = { $count ->
    [one] Un veicolo da { $from } kg in su
   *[other] { $count } veicoli da { $from } kg in su
  }

## Messaggi con la ricevuta e con l’esito della contestazione
notice-receipt-subject = Ricevuta di pagamento n. { $number }
notice-receipt-text =
    Abbiamo ricevuto il pagamento della quota { $year }: { $amount }.

    In allegato trovi la ricevuta n. { $number } in PDF. Puoi ristamparla in ogni momento dalla pagina dei pagamenti di { $portal }:
    { $url }
notice-receipt-pec =
    Questo indirizzo è una PEC e la ricevuta arriva con posta elettronica ordinaria: controlla che la casella sia abilitata a ricevere messaggi non PEC. Se non la ricevi, puoi ristamparla dalla pagina dei pagamenti del portale.
notice-claim-subject = Esito della contestazione sul parco veicolare { $year }
notice-claim-accepted =
    Abbiamo accolto la contestazione sul parco veicolare per la quota { $year }.

    La quota ricalcolata è di { $amount }. L’avviso di pagamento precedente non vale più: il nuovo codice avviso è { $notice }.
    Puoi vedere il calcolo, stampare l’avviso e pagare qui:
    { $url }
notice-claim-refused =
    Non abbiamo accolto la contestazione sul parco veicolare per la quota { $year }: l’importo e il codice avviso restano gli stessi.

    Il calcolo, veicolo per veicolo, è qui:
    { $url }
notice-claim-answer =
    Risposta dell’assistenza:
    { $answer }

## Ufficio

# Ufficio: menu e parole comuni
office-section-dashboard = Ufficio
office-section-firms = Imprese
office-section-requests = Richieste di aiuto
office-section-claims = Contestazioni
office-section-anomalies = Da controllare
office-section-register = Registro imprese
office-section-deadlines = Scadenze
office-section-imports = Importazioni
office-section-operators = Operatori
office-section-audit = Registro attività
office-when = Quando
office-what = Che cosa
office-who = Chi
office-state = Stato
office-details = Dettagli
office-year = Anno
office-amount = Importo
office-total = Totale
office-file = File
office-firm = Impresa
office-open-firm = Apri la scheda dell’impresa
office-arrived = Arrivata il
office-decided-on = Decisa il
office-answer = Risposta
office-from = Mittente
office-save = Salva
office-yes = sì
office-no = no
office-never = Mai
office-nothing = Niente da segnalare.
office-until = valida fino al { $time }

# Ufficio: accesso degli operatori
office-sign-in-title = Accesso degli operatori
office-sign-in-lead = Questa pagina è per chi lavora all’assistenza. Le imprese accedono con la matricola.
office-sign-in-email = E-mail
office-sign-in-password = Password
office-sign-in-code = Codice di 6 cifre
office-sign-in-code-hint = È quello che mostra adesso la tua app di autenticazione. Ogni codice vale una volta sola.
office-sign-in-button = Accedi
office-sign-in-help = Hai perso la password o il telefono? Un amministratore di sistema può darti nuove credenziali.
office-sign-in-wrong = E-mail, password o codice non sono corretti. Controllali, aspetta un codice nuovo e riprova.
office-sign-in-delayed = Troppi tentativi. Puoi riprovare tra 15 minuti.
office-signed-out = Sei uscito dall’ufficio.

# Ufficio: pagina iniziale
office-figures = Numeri
office-figure-registered = Imprese registrate
office-figure-paid = Quote pagate
office-figure-unpaid = Imprese che non hanno pagato
office-figure-open = Quote da incassare
office-figure-received = Incassato
office-figure-today = Oggi: { $count }
office-figure-of-firms = { $count ->
    [one] Su { $count } che deve la quota
   *[other] Su { $count } che devono la quota
}
office-figure-open-amount = In tutto { $amount }
office-term = Scadenza della quota { $year }
office-term-left = { $days ->
    [one] Manca un giorno.
   *[other] Mancano { $days } giorni.
}
office-term-today = Scade oggi.
office-term-over = { $days ->
    [one] Scaduta da un giorno.
   *[other] Scaduta da { $days } giorni.
}
office-work = Che cosa aspetta una decisione
office-work-none = Niente
office-work-count = { $count ->
    [one] { $count } in attesa
   *[other] { $count } in attesa
}
office-work-requests = Richieste di aiuto
office-work-requests-hint = Reimpostazioni della password e altre domande
office-work-claims = Contestazioni del parco veicoli
office-work-claims-hint = Imprese che dichiarano veicoli diversi da quelli registrati
office-work-surplus = Pagamenti da verificare
office-work-surplus-hint = Importi diversi o quote pagate due volte
office-work-failed = Messaggi non consegnati
office-work-failed-hint = Caselle piene, inesistenti o disattivate
office-work-dead = Lavori interrotti
office-work-dead-hint = Operazioni automatiche che non sono riuscite
office-chart-title = Gli ultimi 30 giorni
office-chart-about = Due barre per ogni giorno: registrazioni e pagamenti. Gli stessi numeri sono nella tabella qui sotto.
office-chart-numbers = Mostra i numeri
office-daily = Registrazioni e pagamenti al giorno
office-day = Giorno
office-registered = Registrazioni
office-paid = Pagamenti

# Ufficio: imprese
office-search-label = Cerca un’impresa
office-search-hint = Denominazione, codice fiscale, numero di iscrizione all’Albo, matricola, indirizzo e-mail o telefono; basta una parte.
office-search-button = Cerca
office-search-results = Imprese trovate
office-search-nothing = Nessuna impresa trovata
office-search-nothing-hint = Prova con meno parole, oppure con il codice fiscale.
office-search-firm = Cerca l’impresa
office-firm-name = Denominazione
office-firm-data = Dati dell’impresa
office-tax-code = Codice fiscale
office-albo-number = Numero di iscrizione all’Albo
office-member-code = Matricola
office-address = Sede
office-enrolled-on = Iscritta dal
office-removed-on = Cancellata il
office-removed = Cancellata
office-suspended-firm = Sospesa
office-account = Profilo sul portale
office-no-account = L’impresa non si è ancora registrata.
office-level-full = Completo
office-level-payment-only = Solo pagamento
office-level-none = Non registrata
office-email = E-mail
office-box-pec = Casella PEC
office-box-ordinary = Casella ordinaria
office-refuses-ordinary = Respinge la posta ordinaria
office-phone = Telefono
office-account-since = Registrata il
office-last-sign-in = Ultimo accesso
office-temporary-password = Password provvisoria
office-suspended = Accesso sospeso
office-suspended-hint = I tentativi con una password sbagliata sono finiti. Una nuova password riapre l’accesso.
office-payments = Pagamenti
office-receipts = Ricevute
office-receipt-number = Ricevuta
office-receipt-pdf = (ricevuta in PDF)
office-receipt-file = ricevuta
office-paid-on = Pagato il
office-psp = Prestatore di servizi
office-notice-number = Codice avviso
office-payment = Pagamento ricevuto
office-payment-good = Regolare
office-payment-surplus = Da verificare
office-payment-detail = { $amount } per il { $year }, ricevuta { $number }

# Ufficio: storia dell’impresa
office-timeline = Che cosa è successo
office-timeline-hint = Registrazioni, domande al Registro imprese, messaggi, pagamenti, decisioni.
office-timeline-caption = Eventi, dal più recente
office-timeline-empty = Ancora niente.
office-actor-account = L’impresa
office-actor-anonymous = Un visitatore
office-actor-operator = Un operatore
office-actor-register = Il Registro imprese
office-actor-system = Il sistema
office-registration-pec = Registrazione con PEC
office-registration-simplified = Registrazione semplificata
office-registration-upgrade = Richiesta del profilo completo
office-look-up-asked = Domanda al Registro imprese
office-look-up-answered = Risposta del Registro imprese
office-look-up-waiting = Senza risposta
office-look-up-match = La PEC coincide
office-look-up-no-entry = Nessuna PEC iscritta
office-look-up-another = È iscritta un’altra PEC
office-message = Messaggio: { $title }
office-claim-of = Contestazione del parco { $year }

# Ufficio: quota
office-fee-title = Quota { $year }
office-fee-due = Scadenza
office-fee-act = Atto che la stabilisce
office-fee-open = Da pagare
office-fee-on-its-way = Pagata, ricevuta in arrivo dalle { $time }
office-fee-paid = Pagata il { $time }
office-fee-cancelled = Annullata
office-fee-not-computed = Dovuta, non ancora calcolata
office-fee-not-owed = Non dovuta: l’impresa non era iscritta alla data di riferimento
office-fee-computed-on = Calcolata il
office-fee-open-page = Calcolo completo e veicoli
office-fee-lines = Come è calcolata
office-fee-line = Voce
office-fee-count = Quante volte
office-fee-each = Una
office-fee-source = Fonte
office-fleet-frozen = Veicoli considerati, al { $date }
office-plate = Targa
office-vehicle-kind = Tipo
office-mass = Massa (kg)
office-vehicle = { $kind }, { $mass } kg
office-vehicle-lorry = Autocarro
office-vehicle-tractor = Trattore
office-vehicle-trailer = Rimorchio
office-vehicle-semitrailer = Semirimorchio
office-fee-compute = Calcola di nuovo
office-fee-compute-hint = Se i veicoli registrati sono cambiati, la quota aperta viene annullata e sostituita da un’altra con un nuovo codice avviso. Se non sono cambiati, resta com’è.
office-fee-compute-button = Calcola la quota
office-fee-other-years = Altri anni
office-fee-recomputed = La quota è calcolata con i veicoli registrati adesso.
office-fee-error-paid = La quota è già pagata: non si calcola più.
office-fee-error-not-owed = L’impresa non deve la quota di questo anno.
office-fee-error-no-fleets = I veicoli di questo anno non sono ancora stati importati.
office-fee-error-no-year = Per questo anno non ci sono regole.
office-fee-error-not-open = In questo periodo la quota non si può calcolare.
office-fee-error-no-charge = La quota non si può calcolare: avvisa l’amministratore di sistema.

# Ufficio: nuova password
office-reset-title = Reimposta la password
office-reset-lead = Prima chiedi questi tre dati a chi fa la richiesta e confrontali con la scheda. Non suggerirli.
office-reset-to = Le nuove credenziali partono per { $email }, il recapito registrato. La vecchia password smette di valere.
office-reset-reason = Motivo
office-reset-reason-hint = Resta nella storia dell’impresa: chi ha chiesto, come, quando.
office-reset-checked = Ho verificato che matricola, numero di iscrizione e telefono coincidono
office-reset-checked-hint = Se qualcosa non coincide, non reimpostare: chiama il numero registrato.
office-reset-button = Invia nuove credenziali
office-reset-no-reason = Scrivi il motivo della reimpostazione
office-reset-not-checked = Conferma di aver verificato i dati di chi chiede
office-reset-no-account = L’impresa non ha un profilo sul portale.
office-reset-done = Le nuove credenziali sono partite per il recapito registrato.

# Ufficio: messaggi
office-channel-pec = Con posta certificata
office-channel-mail = Con posta ordinaria
office-notice-subject = Oggetto
office-notice-to = Destinatario
office-notice-composed = Preparato il
office-notice-sent = Consegnato al gestore il
office-notice-accepted = Accettato il
office-notice-delivered = Nella casella il
office-notice-again = Invia di nuovo
office-notice-again-to = Lo stesso messaggio parte per { $email }.
office-notice-again-button = Invia di nuovo
office-notice-resent = Il messaggio è di nuovo in partenza.
office-notice-not-resent = Il messaggio non si può inviare di nuovo: è già in partenza, oppure conteneva credenziali.
office-notice-secret = Conteneva credenziali
office-notice-secret-hint = Il testo è stato distrutto dopo l’invio e non si può rimandare. Se non è arrivato, servono credenziali nuove.

# Ufficio: richieste di aiuto
office-requests-caption = Richieste aperte, dalla più vecchia
office-requests-none = Nessuna richiesta aperta
office-requests-none-hint = Le nuove richieste arrivano dal modulo del portale e dalla casella dell’assistenza.
office-request = Richiesta
office-request-reset = Reimpostazione della password
office-request-other = Altra richiesta
office-request-record = Confronto con la scheda
office-request-agrees = Matricola e numero coincidono
office-request-differs = Non coincide
office-request-no-data = Dati non indicati
office-request-text = Che cosa chiede
office-request-no-text = Il messaggio è vuoto.
office-request-no-firm = Dai dati indicati non si riconosce l’impresa.
office-request-decided = La richiesta è già stata chiusa.
office-request-close = Rispondi e chiudi senza nuova password
office-request-close-hint = La risposta parte verso il mittente o, se ha usato il modulo del portale, verso il recapito registrato. Non scrivere dati dell’impresa: chi ha scritto potrebbe non esserne il titolare.
office-request-answer-hint = Spiega perché e che cosa fare, in parole semplici.
office-request-no-answer = Scrivi la risposta per chi ha chiesto
office-request-close-button = Invia la risposta e chiudi
office-request-closed = La risposta è in partenza e la richiesta è chiusa.
office-request-second-level = Decide l’assistenza di secondo livello.
office-source-mail = Con una e-mail
office-source-web = Dal modulo del portale
office-comparison = Che cosa è stato indicato e che cosa dice la scheda
office-comparison-what = Dato
office-comparison-asked = Nella richiesta
office-comparison-record = Nella scheda
office-comparison-result = Esito
office-comparison-same = Coincide
office-comparison-different = Diverso
office-comparison-missing = Non indicato
office-comparison-no-record = Nessuna scheda

# Ufficio: contestazioni
office-claims-caption = Contestazioni aperte, dalla più vecchia
office-claims-none = Nessuna contestazione aperta
office-claims-none-hint = Le imprese contestano i veicoli dalla pagina della loro quota.
office-claim-message = Che cosa dice l’impresa
office-claim-open = Aperta
office-claim-accepted = Accolta
office-claim-refused = Respinta
office-claim-charge-now = Quota adesso
office-claim-charge-then = Quota con i veicoli dichiarati
office-claim-fleets = Veicoli registrati e dichiarati
office-claim-on-record = Registrato
office-claim-declared = Dichiarato
office-claim-difference = Differenza
office-claim-equal = Uguale
office-claim-added = Aggiunto
office-claim-removed = Tolto
office-claim-changed = Cambiato
office-claim-summary = Accogliendo: { $added } in più, { $removed } in meno, { $changed } diversi.
office-claim-decision = Decisione
office-claim-accept = Accogli
office-claim-accept-hint = I veicoli dichiarati sostituiscono quelli registrati e la quota viene ricalcolata con un nuovo codice avviso.
office-claim-refuse = Respingi
office-claim-refuse-hint = Restano i veicoli registrati. Serve una risposta.
office-claim-answer-hint = La legge l’impresa, insieme alla decisione. Facoltativa se accogli.
office-claim-button = Decidi e avvisa l’impresa
office-claim-no-decision = Scegli se accogliere o respingere
office-claim-no-answer = Spiega all’impresa perché respingi la contestazione
office-claim-paid = Nel frattempo la quota è stata pagata: i veicoli non cambiano più. Respingi spiegando come chiedere il rimborso della differenza.
office-claim-decided-otherwise = Un altro operatore ha già deciso diversamente. Ricarica la pagina.
office-claim-decided = Decisione registrata: l’impresa viene avvisata.

# Ufficio: da controllare
office-surplus = Pagamenti da verificare
office-surplus-list = Pagamenti, dal più recente
office-surplus-hint = Denaro ricevuto che nessuno aspettava: importo diverso, quota già pagata o annullata. Va rimborsato o attribuito.
office-failed = Messaggi non consegnati
office-failed-list = Messaggi, dal più recente
office-failed-hint = Apri il messaggio per inviarlo di nuovo, oppure telefona all’impresa.
office-failed-why = Perché, e che cosa fare
office-notice-ways = La casella non riceve. Che cosa può fare l’impresa:
office-dead = Lavori interrotti
office-dead-list = Lavori, dal più recente
office-dead-hint = Per l’amministratore di sistema: il motivo è quello registrato dal programma.
office-dead-name = Lavoro
office-dead-tries = Tentativi
office-dead-error = Motivo

# Ufficio: caselle
office-mailboxes = Messaggi delle caselle
office-mailboxes-open = Apri i messaggi delle caselle
office-quarantine = Messaggi messi da parte
office-quarantine-hint = Non si sono potuti leggere, oppure la firma non è valida: non hanno cambiato nulla, e sono conservati come prova. La lettura delle caselle prosegue.
office-quarantine-reason = Motivo, come lo scrive il programma:
office-quarantine-why-unsigned = Si presenta come ricevuta di PEC, ma non è firmata dal gestore: potrebbe essere falsa. Lasciala da parte; se aspettavi una ricevuta, cercala nella casella.
office-quarantine-why-altered = È stata cambiata dopo la firma del gestore: non vale come ricevuta. Lasciala da parte; se si ripete, avvisa il gestore della casella.
office-quarantine-why-untrusted = Chi l’ha firmata non è tra i gestori di PEC fidati. Se il gestore è nuovo, l’amministratore aggiorna l’elenco delle autorità fidate; poi premi «Riprova».
office-quarantine-why-unfit = Il certificato con cui è firmata non va bene: è scaduto, è di un altro indirizzo o di un tipo non ammesso. Potrebbe essere falsa: lasciala da parte e, se aspettavi una ricevuta, cercala nella casella.
office-quarantine-why-not-certified = Si presenta come ricevuta di PEC, ma i dati di certificazione mancano o non si leggono. Se riguarda un messaggio importante, aprila nella casella e avvisa il gestore.
office-quarantine-why-unreadable = Non è un messaggio leggibile: è danneggiato o non rispetta le regole della posta. Se aspettavi qualcosa, aprilo nella casella.
office-quarantine-why-too-large = È più grande di quanto si legga. Aprilo nella casella: qui è conservata solo l’intestazione.
office-quarantine-why-withheld = Il server della casella non lo consegna. Premi «Riprova» più tardi; se non basta, aprilo nella casella o avvisa il gestore.
office-quarantine-why-gone = Con il suo numero non si trova più nella casella: è stato spostato o cancellato, oppure il gestore ha rinumerato la casella. Se ti serve, cercalo nella casella; poi lascialo da parte.
office-quarantine-why-repeated = La lettura è fallita più volte di seguito, perciò si è passati oltre. Premi «Riprova» quando la causa è risolta.
office-quarantine-why-broke = Leggerlo ha interrotto il programma: è un difetto nostro. Avvisa chi cura il programma e conserva il messaggio; dopo l’aggiornamento premi «Riprova».
office-quarantine-count = { $count ->
    [one] Un messaggio aspetta una decisione.
   *[other] { $count } messaggi aspettano una decisione.
}
office-quarantine-message = { $mailbox }, { $time }
office-quarantine-size = { $bytes } byte
office-quarantine-whole = conservato per intero
office-quarantine-truncated = conservata al più l’intestazione
office-quarantine-tries = { $count ->
    [one] un tentativo
   *[other] { $count } tentativi
}
office-quarantine-tried = ultimo tentativo { $time }
office-quarantine-again = Riprova
office-quarantine-aside = Lascia da parte
office-quarantine-again-done = Il messaggio viene letto di nuovo: tra poco ricarica la pagina.
office-quarantine-aside-done = Messaggio lasciato da parte: resta conservato e non aspetta più nessuno.
office-quarantine-decided = Un altro operatore ha già deciso.
office-mailbox-pec = Casella PEC
office-mailbox-assistance = Casella dell’assistenza
office-irregular = Ricevute irregolari
office-irregular-list = Ricevute, dalla più recente
office-irregular-hint = Valgono: la firma è buona. Il gestore però le ha scritte in modo diverso dalle regole.
office-irregular-what = Che cosa è irregolare
office-notice = Messaggio
office-notice-open = Apri il messaggio

# Ufficio: Registro imprese
office-register-title = Domande al Registro imprese
office-register-lead = Le verifiche delle PEC aspettano in coda e partono al ritmo che il Registro concede. Nessuna si perde.
office-register-open = Coda e ritmo
office-register-running = In funzione
office-register-paused = Sospese da un amministratore
office-register-draining = Si svuota la coda: le domande nuove aspettano
office-register-day = Nelle ultime 24 ore
office-register-shared = Questa fonte è condivisa con altri enti: la regola chi gestisce l’installazione, con il comando «sportello register».
office-register-lanes = Chi aspetta
office-register-lane = Linea
office-register-lane-person = Chi aspetta davanti alla pagina
office-register-lane-third-party = Committenti
office-register-lane-background = Aggiornamenti senza fretta
office-register-share = Quota garantita
office-register-expected = Attesa per chi arriva ora
office-register-minutes = { $minutes } min
office-register-unknown = non si sa
office-register-day-title = Le ultime 24 ore
office-register-day-about = Per ogni quarto d’ora: le domande arrivate e quelle con risposta, il ritmo ammesso, e sotto quanto aveva aspettato chi ha avuto risposta.
office-register-day-questions = Domande ogni quarto d’ora
office-register-history = Le ultime 24 ore, per quarto d’ora
office-register-from = Dalle
office-register-arrived = Arrivate
office-register-answered = Con risposta
office-register-unanswered = Tentativi senza risposta
office-register-waited = Attesa media (min)
office-register-allowed-drawn = Ritmo ammesso: { $pace } ogni quarto d’ora
office-register-allowed-above = Il ritmo ammesso, { $pace } ogni quarto d’ora, è molto più in alto
office-register-asked-to-wait = In pausa, su richiesta del Registro
office-register-silent = Il Registro non risponde
office-register-waiting = In attesa
office-register-oldest = La più vecchia, dalle
office-register-pace = Nell’ultimo minuto
office-register-pace-value = { $used } su { $allowed } ammesse
office-register-last-answer = Ultima risposta
office-register-blocked-until = Si riprova alle
office-register-failures = Errori di seguito
office-register-brake = Sospendi o riprendi
office-register-brake-hint = Mentre sono sospese, le registrazioni proseguono in via provvisoria e le domande restano in coda. «Svuota la coda» fa rispondere a chi è già in coda e tiene ferme le domande nuove.
office-register-pause = Sospendi le domande
office-register-drain = Svuota la coda
office-register-now-draining = Chi è già in coda avrà risposta; le domande nuove aspettano la ripresa.
office-register-resume = Riprendi le domande
office-register-now-paused = Le domande al Registro sono sospese.
office-register-now-running = Le domande al Registro riprendono.
office-register-budget-title = Ritmo
office-register-budget = Domande al minuto
office-register-budget-hint = Non oltre il limite concordato con il Registro. Vuoto: vale il ritmo della configurazione.
office-register-budget-zero = Zero non è un ritmo: per fermare le domande usa «Sospendi»
office-register-budget-wrong = Scrivi un numero intero da 1 a { $most }
office-register-budget-day = Domande in 24 ore
office-register-budget-day-hint = Vuoto: vale il limite della configurazione, se c’è.
office-register-shares-title = Quote
office-register-shares-hint = Le parti del ritmo di cui ogni linea è sicura, in proporzione tra loro. Quello che una linea non usa va alle altre.
office-register-shares-set = Le nuove quote valgono da subito.
office-register-budget-set = Il nuovo ritmo vale da subito.

# Ufficio: scadenze
office-term-lead = Spostare una scadenza aggiorna subito pagine, avvisi di pagamento e conteggi.
office-term-of = Quota { $year }: { $date }
office-term-history = Storia della scadenza { $year }
office-term-day = Ultimo giorno
office-term-reason = Atto o motivo
office-term-extend = Proroga la scadenza
office-term-extend-title = Proroga la scadenza della quota { $year }
office-term-present = Oggi la scadenza è il { $date }.
office-term-new = Nuovo ultimo giorno
office-term-new-hint = Deve essere dopo la scadenza di oggi. Per esempio 31/03/2017.
office-term-act = Atto e motivo
office-term-act-hint = Con data e numero, come si cita nelle pagine: per esempio «Delibera n. 1 del 14 febbraio 2017».
office-term-sure = Confermo la proroga per tutte le imprese
office-term-sure-hint = Una scadenza si sposta solo in avanti: non potrai tornare indietro.
office-term-button = Proroga la scadenza
office-term-no-date = Scrivi il giorno, per esempio 31/03/2017
office-term-not-later = Scegli un giorno dopo il { $date }
office-term-no-reason = Scrivi l’atto che stabilisce la proroga
office-term-not-sure = Conferma che il nuovo ultimo giorno è il { $date }
office-term-extended = La scadenza è prorogata: pagine e avvisi la mostrano già.

# Ufficio: importazioni
office-imports-lead = Carica un file CSV. Lo controlliamo riga per riga e ti mostriamo l’esito: nulla cambia finché non lo applichi.
office-import-kind = Contenuto
office-import-firms = Imprese iscritte
office-import-firms-hint = Aggiunge e aggiorna le imprese del file; le altre restano come sono.
office-import-fleet = Veicoli di un anno
office-import-fleet-hint = Sostituisce i veicoli delle imprese del file, tranne quelle che hanno già pagato.
office-import-fleet-of = Veicoli { $year }
office-import-year = Anno della quota
office-import-year-hint = Solo per i veicoli.
office-import-file = File CSV
office-import-file-hint = Codifica UTF-8, separatore punto e virgola, al massimo 64 MB.
office-import-columns = Quali colonne servono
office-import-columns-hint = La prima riga contiene i nomi delle colonne, in qualunque ordine.
office-import-columns-further = Facoltative, insieme:
office-import-check = Carica e controlla
office-import-no-kind = Scegli che cosa contiene il file
office-import-no-file = Scegli il file da caricare
office-imports-latest = Ultimi file
office-import-good = Righe corrette
office-import-bad = Righe con errori
office-import-preview = Da decidere
office-import-applied = Applicato
office-import-dropped = Scartato
office-import-applied-on = Applicato il
office-import-removed = Veicoli tolti
office-import-nothing-yet = Non è ancora cambiato nulla
office-import-nothing-yet-hint = Controlla l’esito, poi applica le righe corrette oppure scarta il file.
office-import-running = L’importazione è in corso
office-import-running-hint = Il file è grande: il lavoro continua anche se chiudi questa pagina.
office-import-left = { $count ->
    [one] Una impresa ha già pagato: i suoi veicoli restano come sono
   *[other] { $count } imprese hanno già pagato: i loro veicoli restano come sono
}
office-import-left-hint = Le prime, con la riga del file:
office-import-line = Riga { $line }
office-import-open-charges = { $count ->
    [one] Una quota aperta è calcolata con i veicoli di prima
   *[other] { $count } quote aperte sono calcolate con i veicoli di prima
}
office-import-open-charges-hint = Restano così finché non si calcolano di nuovo, dalla scheda di ogni impresa.
office-import-errors-title = { $count ->
    [one] Un errore
   *[other] { $count } errori
}
office-import-errors-shown = Ne vedi { $shown } su { $total }.
office-import-errors-download = Scarica gli errori (CSV)
office-import-errors-file = errori
office-import-row = Riga
office-import-column = Colonna
office-import-found = Valore
office-import-reason = Che cosa non va
office-import-decide = Che cosa vuoi fare?
office-import-apply = { $count ->
    [one] Applica una riga
   *[other] Applica { $count } righe
}
office-import-drop = Scarta il file
office-import-now-applied = Le righe corrette sono applicate.
office-import-now-dropped = Il file è scartato e distrutto.
office-import-was-dropped = Il file era già stato scartato: non si può applicare.
office-import-was-applied = Il file era già stato applicato: non si può scartare.

# Ufficio: operatori
office-operator-name = Nome e cognome
office-operator-role = Ruolo
office-operator-active = Attivo
office-operator-inactive = Non attivo
office-operator-add = Aggiungi un operatore
office-operator-add-lead = Alla fine vedrai una volta sola la sua password e il suo secondo fattore, da consegnargli di persona.
office-operator-email-hint = Un indirizzo personale: serve per accedere.
office-operator-no-name = Scrivi nome e cognome
office-operator-bad-email = Scrivi un indirizzo e-mail completo, per esempio nome@ente.it
office-operator-exists = C’è già un operatore con questo indirizzo
office-operator-no-role = Scegli un ruolo
office-role-first-level-hint = Cerca le imprese, vede la loro storia, rimanda i messaggi.
office-role-second-level-hint = In più: reimposta le password e decide le contestazioni.
office-role-administrator-hint = In più: importazioni, scadenze, Registro imprese, operatori.
office-role-committee-hint = Vede solo i numeri e le scadenze.
office-operator-renew = Nuove credenziali
office-operator-renew-hint = Password e secondo fattore di prima smettono di valere e le sessioni aperte si chiudono.
office-operator-renew-own = Si chiude anche la tua sessione: annota le nuove credenziali prima di lasciare la pagina.
office-operator-renew-button = Genera nuove credenziali
office-operator-disable = Disattiva
office-operator-disable-hint = Non potrà più accedere e le sue sessioni si chiudono. Quello che ha fatto resta nel registro.
office-operator-disable-button = Disattiva l’operatore
office-operator-enable = Riattiva
office-operator-enable-hint = Potrà di nuovo accedere con le credenziali che aveva.
office-operator-enable-button = Riattiva l’operatore
office-operator-own = Non puoi disattivare te stesso: deve farlo un altro amministratore.
office-operator-now-inactive = L’operatore non può più accedere.
office-operator-now-active = L’operatore può di nuovo accedere.
office-credentials-title = Credenziali dell’operatore
office-credentials-once = Le vedi adesso e mai più
office-credentials-once-hint = Consegnale di persona, non per e-mail. Se si perdono, generane altre.
office-credentials-otp = Secondo fattore
office-credentials-otp-hint = L’operatore inquadra il codice con un’app di autenticazione, oppure scrive a mano il segreto.
office-credentials-qr = Codice QR con il segreto scritto qui sotto
office-credentials-secret = Segreto
office-credentials-done = Ho consegnato le credenziali

# Ufficio: registro attività
office-audit-caption = Attività, dalla più recente
office-audit-lead = Le ultime { $count } operazioni. Nessuna riga si può modificare o cancellare.
office-op-registration-start = Registrazione iniziata
office-op-registration-advance = Registrazione proseguita
office-op-session-start = Accesso
office-op-session-end = Uscita
office-op-password-change = Password cambiata
office-op-fee-pay = Pagamento della quota
office-op-firm-own-data = Dati dell’impresa
office-op-contact-change = Recapito cambiato
office-op-profile-upgrade = Profilo completo richiesto
office-op-fleet-claim = Contestazione presentata
office-op-reset-ask = Richiesta di aiuto
office-op-firms-see = Imprese consultate
office-op-counts-see = Numeri consultati
office-op-password-reset = Richiesta decisa o password reimpostata
office-op-notice-resend = Messaggio inviato di nuovo
office-op-fleet-decide = Contestazione decisa
office-op-import = Importazione
office-op-deadline-extend = Scadenza prorogata
office-op-register-manage = Ritmo del Registro imprese
office-op-operators-manage = Operatori
office-op-audit-see = Registro consultato
office-op-fee-compute = Quota calcolata
office-op-checkout-start = Pagamento online iniziato
office-op-checkout-return = Ritorno dal pagamento online
office-op-node-serve = Verifica di pagabilità
office-op-payment-record = Pagamento registrato
office-op-notice-deliver = Consegna di un messaggio
office-op-register-look-up = Domanda al Registro imprese
office-op-maintain = Manutenzione
office-note-reason = Motivo
office-note-state = Stato
office-note-year = Anno
office-note-amount = Importo
office-note-agrees = Dati coincidenti
office-note-active = Attivo
office-note-role = Ruolo
office-note-renewed = Credenziali rinnovate
office-note-operator = Operatore
office-note-decision = Decisione
office-note-deadline = Quota dell’anno
office-note-from = Da
office-note-to = A
office-note-ended = Sessioni chiuse
office-note-made = Calcolate
office-note-number = Ricevuta
office-note-outcome = Esito
office-note-paused = Sospese
office-note-per-minute = Al minuto
office-note-refused = Risposta
office-note-self-service = In autonomia
office-note-surplus = Da verificare
office-note-contact = Recapito
office-note-kind = Tipo
office-note-by = Con
office-note-good = Righe corrette
office-note-bad = Righe con errori
office-note-dropped = Scartato
office-value-pec = con PEC
office-value-simplified = semplificata
office-value-upgrade = profilo completo
office-value-firms = imprese
office-value-fleet = veicoli
office-value-checking = in verifica
office-value-provisional = provvisoria
office-value-verified = verificata
office-value-mismatch = PEC non coincidente
office-value-accepted = accolta
office-value-refused = respinta
office-value-asked = nuovo indirizzo da confermare
office-value-changed = indirizzo cambiato
office-value-phone = telefono
office-value-ok = riuscito
office-value-cancel = annullato
office-value-error = non riuscito
office-value-link = collegamento ricevuto

sign-in-with-identity = Con la tua identità digitale
sign-in-with-code = Con matricola e password

## Committenti e regolarità

regularity-tax-code = Codice fiscale
regularity-firm = Impresa
regularity-albo-number = Numero di iscrizione all’Albo
regularity-registration = Iscrizione
regularity-registered = Iscritta dal { $date }
regularity-registered-later = Iscritta a partire dal { $date }
regularity-removed = Cancellata il { $date }
regularity-suspension = Sospensione
regularity-suspended-from = Sospesa dal { $from }, fino a nuova comunicazione
regularity-suspended-until = Sospesa dal { $from } al { $until }
regularity-not-registered = Non iscritta
regularity-roll-source = { $source }, elenco aggiornato il { $date }
regularity-fee = Quota { $year }
regularity-fee-paid = Pagata il { $date }
regularity-fee-unpaid = Non pagata: il termine era il { $due }
regularity-fee-not-yet-due = Non ancora pagata: c’è tempo fino al { $due }
regularity-fee-not-owed = Non dovuta
regularity-fee-receipt-on-its-way = Pagamento in corso di registrazione; il termine è il { $due }
regularity-address = Domicilio digitale (PEC)
regularity-address-on-file = Risulta iscritto (risposta del { $date })
regularity-address-not-on-file = Non risulta iscritto (risposta del { $date })
regularity-address-not-answered = Il Registro delle imprese non ha ancora risposto (dal { $date })
regularity-address-not-asked = Non chiesto al Registro delle imprese
regularity-address-source = Registro delle imprese
regularity-at = Situazione al
regularity-verdict-regular = Regolare
regularity-verdict-not-regular = Non regolare
regularity-verdict-undetermined = Non ancora determinabile
regularity-reason-not-registered = Il codice fiscale non risulta iscritto all’Albo.
regularity-reason-not-yet-registered = L’iscrizione all’Albo comincia più avanti.
regularity-reason-removed = L’impresa è stata cancellata dall’Albo.
regularity-reason-suspended = L’impresa è sospesa dall’Albo.
regularity-reason-fee-unpaid = La quota risulta non pagata e il termine è passato.
regularity-reason-receipt-on-its-way = Un pagamento è in corso di registrazione: interroga di nuovo tra qualche ora.
regularity-no-reason = L’impresa è iscritta all’Albo e non risultano quote scadute.
paper-statement-file = regolarita
paper-statement-title = Attestazione di regolarità: { $code }
paper-statement-subject = Regolarità di un’impresa di autotrasporto
paper-statement-made = Attestazione prodotta il { $date }.
paper-statement-facts = Che cosa risulta
paper-statement-fact = Dato
paper-statement-value = Situazione
paper-statement-source = Fonte
paper-statement-validity = Validità
paper-statement-validity-text = L’attestazione dice che cosa risultava nel momento indicato. La situazione può essere cambiata: prima di affidare un trasporto, interroga di nuovo.
paper-statement-check = Come verificarla
paper-statement-check-text = Inquadra il codice, oppure scrivi su { $url } il codice { $code }: la pagina mostra i dati come sono stati firmati.
paper-statement-qr = Codice QR che porta alla pagina di verifica di questa attestazione
paper-statement-footer = Codice di verifica { $code }
committenti-title = Regolarità delle imprese
committenti-lead = { $name }: verifica se le imprese a cui affidi i trasporti sono iscritte all’Albo e in regola con la quota.
committenti-nav-queries = Interrogazioni
committenti-nav-keys = Chiavi di accesso
committenti-sign-in-title = Accesso dei committenti
committenti-sign-in-lead = Per chi affida trasporti e controlla la regolarità delle imprese.
committenti-no-key = Non hai una chiave? La rilascia l’ente: scrivi all’assistenza.
committenti-key = Chiave di accesso
committenti-key-hint = Comincia con spk_
committenti-key-wrong = La chiave non è valida: controlla di averla copiata tutta, oppure chiedi all’ente
committenti-first-key = Prima chiave
committenti-invitation-title = Ritira la chiave di accesso
committenti-invitation-lead = Per chi è la chiave: { $name }
committenti-invitation-once = La chiave si vede una volta sola: preparati a conservarla in un luogo sicuro, poi continua.
committenti-invitation-button = Mostra la chiave
committenti-invitation-gone = Il collegamento non vale più
committenti-invitation-gone-hint = È già stato usato, è scaduto oppure ce n’è uno più nuovo. Se non sei stato tu a ritirare la chiave, avvisa subito l’ente.
committenti-invitation-have-key = Hai già la chiave? Accedi
committenti-key-made = La tua chiave di accesso
committenti-key-once = La vedi adesso e mai più
committenti-key-once-hint = Conservala in un luogo sicuro. Se la perdi, creane un’altra e revoca questa.
committenti-key-until = Vale fino al { $date }.
committenti-key-kept = Ho conservato la chiave
committenti-keys-lead = Prima che una chiave scada creane una seconda, passa a quella e revoca la prima.
committenti-key-begins = Comincia con
committenti-key-state = Stato
committenti-key-ends = Scade
committenti-key-used = Ultimo uso
committenti-key-never-used = mai usata
committenti-key-own = È la chiave con cui hai fatto l’accesso: se la revochi, la sessione si chiude.
committenti-key-good = Valida
committenti-key-expiring = Scade tra meno di 30 giorni
committenti-key-expired = Scaduta
committenti-key-revoked = Revocata
committenti-key-revoke = Revoca la chiave
committenti-key-now-revoked = La chiave è revocata e non apre più niente.
committenti-key-was-revoked = La chiave era già revocata.
committenti-key-new = Una chiave nuova
committenti-key-make = Crea la chiave
committenti-key-label = Nome della chiave
committenti-key-label-hint = Per riconoscerla, per esempio «gestionale dei trasporti»
committenti-key-no-label = Scrivi un nome per la chiave
committenti-key-too-many = Hai già cinque chiavi valide: revocane una
committenti-single = Una impresa
committenti-code-hint = 11 cifre, oppure 16 caratteri per una ditta individuale
committenti-fresh = Aspetta una risposta nuova del Registro delle imprese
committenti-fresh-hint = Può richiedere minuti o ore. Senza, si usa l’ultima risposta che c’è.
committenti-ask = Verifica
committenti-many = Molte imprese
committenti-file = File con i codici fiscali
committenti-file-hint = CSV o testo, un codice per riga nella prima colonna, al massimo 1.000.
committenti-upload = Carica il file
committenti-file-empty = Scegli un file con almeno un codice fiscale
committenti-file-too-many = Il file ha più di { $most } codici: dividilo
committenti-bulks-open = Ci sono già quattro elenchi in lavorazione: aspetta che uno finisca
committenti-register-full = Troppe domande aspettano il Registro delle imprese: riprova tra qualche minuto, oppure non aspettare una risposta nuova
committenti-latest = Ultime interrogazioni
committenti-bulks = Elenchi
committenti-codes = Codici
committenti-answered = Risposte
committenti-bulk-refused = Scartati
committenti-refused = Scartato
committenti-waiting = In attesa
committenti-waiting-hint = Il Registro delle imprese è stato interrogato e non ha ancora risposto. La pagina si aggiorna da sola.
committenti-asked-at = Chiesto il
committenti-outcome = Esito
committenti-why = Perché
committenti-duplicate = Il codice è già più in alto nell’elenco.
committenti-query-title = Regolarità di { $code }
committenti-statement = Attestazione
committenti-statement-hint = Porta la data, le fonti e un codice con cui chiunque può verificarla.
committenti-statement-pdf = Attestazione in PDF
committenti-statement-jws = Attestazione firmata per i programmi (JWS)
committenti-bulk-title = Elenco di imprese
committenti-progress = Codici lavorati
committenti-running = Elenco in lavorazione
committenti-running-hint = Puoi lasciare la pagina: l’elenco resta tra le tue interrogazioni.
committenti-results = Risultati
committenti-results-download = Scarica i risultati in CSV
committenti-api = Le stesse cose si fanno da programma.
committenti-api-link = Descrizione dell’interfaccia (OpenAPI)
verify-title = Verifica un’attestazione
verify-lead = Per sapere se un’attestazione di regolarità è autentica e che cosa dice.
verify-code = Codice di verifica
verify-code-hint = I 20 caratteri stampati sull’attestazione
verify-signed = Attestazione firmata
verify-signed-hint = In alternativa, il testo del file .jws
verify-button = Verifica
verify-empty = Scrivi il codice di verifica oppure incolla l’attestazione firmata
verify-unknown = Non c’è un’attestazione autentica con questi dati: controlla il codice, carattere per carattere
verify-unknown-signed = Il testo incollato non è un’attestazione autentica: incolla tutto il file, senza cambiare nulla
verify-genuine = L’attestazione è autentica
verify-made-at = Prodotta il { $date }.
verify-may-have-changed = La situazione può essere cambiata dopo quella data
verify-compare = Qui sotto ci sono i dati firmati: se il documento che hai dice altro, è stato alterato.
verify-another = Verifica un’altra attestazione
office-section-committenti = Committenti
office-committenti-lead = Chi affida trasporti e interroga la regolarità delle imprese, con chiavi, limiti e consumi.
office-committenti-none = Nessun committente, per ora.
office-committente-add = Aggiungi un committente
office-committente-add-lead = Riceverà per e-mail un collegamento che vale una volta sola e sette giorni, con cui ritira la prima chiave.
office-committente-name = Denominazione
office-committente-email-hint = Di chi custodirà la chiave
office-committente-no-name = Scrivi la denominazione
office-committente-exists = C’è già un committente con questo codice fiscale
office-committente-per-minute = Richieste al minuto
office-committente-per-minute-hint = In tutto, per tutte le sue chiavi
office-committente-bad-limit = Scrivi un numero da 1 a { $most }
office-committente-active = Attivo
office-committente-suspended = Sospeso
office-committente-since = Aggiunto il
office-committente-keys = Chiavi
office-committente-no-keys = Non ha ancora ritirato una chiave.
office-committente-key-about = Scade: { $until }. Ultimo uso: { $used }.
office-committente-invite = Invito
office-committente-invite-hint = Un collegamento nuovo annulla quello di prima.
office-committente-invite-button = Invia un collegamento
office-committente-invited = Il collegamento per ritirare la chiave è partito per e-mail.
office-committente-limit = Limite
office-committente-limit-button = Cambia il limite
office-committente-limit-set = Il limite è cambiato.
office-committente-usage = Consumi degli ultimi giorni
office-committente-day = Giorno
office-committente-requests = Richieste da programma
office-committente-queries = Imprese chieste
office-committente-suspend = Sospensione
office-committente-suspend-hint = Da subito nessuna chiave apre più niente e le sessioni si chiudono.
office-committente-suspend-button = Sospendi il committente
office-committente-resume = Ripresa
office-committente-resume-hint = Le chiavi non revocate tornano a valere.
office-committente-resume-button = Riattiva il committente
office-committente-now-suspended = Il committente è sospeso.
office-committente-now-active = Il committente può di nuovo interrogare.
office-actor-committente = Committente
office-op-committenti-manage = Gestione dei committenti
office-op-committenti-key = Chiave di un committente
office-op-committenti-accept = Ritiro della prima chiave
office-op-regularity-query = Interrogazione di regolarità
office-op-regularity-state = Attestazione di regolarità
office-note-key = chiave
office-note-invited = invito
office-note-fresh = risposta nuova
office-note-statement-key = chiave di firma
notice-kind-committente-invitation = Invito di un committente
problem-register-full-title = Troppe domande aspettano il Registro delle imprese
problem-register-full-detail = Ripeti più tardi, oppure senza fresh: la risposta dice allora che cosa si sa già.
problem-bulk-open-title = Troppi elenchi in lavorazione
problem-bulk-open-detail = Aspetta che uno dei tuoi elenchi finisca, poi ripeti.
problem-not-answered-title = Non c’è ancora una risposta
problem-not-answered-detail = L’attestazione si fa di una risposta: guarda la domanda più tardi.

# Prova della casella: la PEC indicata riceve anche posta ordinaria?
notice-probe-subject = { $portal }: prova della casella
notice-probe-text = Questo indirizzo riceve la posta ordinaria: le ricevute dei pagamenti arriveranno qui.

    Non devi fare nulla.

    { $owner }
