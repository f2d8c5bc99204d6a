//! The fee: frozen, explained, disputed, extended.

use crate::on_every_engine;

on_every_engine! {
    // req, F-34
    async fn the_sum_explains_itself_vehicle_by_vehicle(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        firm.is_a_full_member().await;
        let fee = firm.browser.get("/quota").await;
        assert!(fee.text().contains("Da pagare: 66,15"), "{}", fee.text());
        let page = firm.browser.get("/quota/calcolo").await;
        let text = page.text();
        assert!(text.contains("19 novembre 2016") && text.contains("Delibera 11/2016"), "{text}");
        assert_eq!(page.texts("table tfoot tr").len(), 1);
        assert!(text.contains("GA350AA") && text.contains("26000 kg"), "{text}");
    }

    // req: A-45
    async fn one_extension_redraws_every_page(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        firm.is_a_full_member().await;
        assert!(firm.browser.get("/quota").await.text().contains("28 febbraio 2017"));
        let operator = stage.operator("administrator").await;
        let cx = stage.cx();
        let found = sportello_core::accounts::operators::find(&cx, &operator.email).await.unwrap().unwrap();
        let cx = cx.acting_as(sportello_core::access::Actor::Operator { id: found.id, role: sportello_core::access::Role::Administrator });
        let (from, to) = ("2017-02-28".parse().unwrap(), "2017-03-31".parse().unwrap());
        sportello_core::deadlines::extend(&cx, "fee-2017", from, to, "Delibera di proroga").await.unwrap();
        for path in ["/quota", "/", "/istruzioni"] {
            assert!(firm.browser.get(path).await.text().contains("31 marzo 2017"), "{path}");
        }
    }

    // req: A-50
    async fn a_wrong_fleet_has_a_way_to_be_put_right(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        firm.is_a_full_member().await;
        let page = firm.browser.get("/quota/contestazione").await;
        let wrong = page.form("/quota/contestazione").set("messaggio", "Venduto").set("veicoli", "GA350AA; astronave; 3500").submit().await;
        assert!(wrong.errors()[0].contains("Riga 1"), "{:?}", wrong.errors());
        let filed = page.form("/quota/contestazione").set("messaggio", "Ho un solo veicolo").set("veicoli", "GA350AA; autocarro; 3500").submit().await;
        assert!(filed.text().contains("La tua segnalazione è in esame"), "{}", filed.text());
        let operator = stage.operator("second-level").await;
        let list = operator.browser.get("/ufficio/contestazioni").await;
        assert!(list.text().contains(&firm.record.name), "{}", list.text());
        let claim = operator.browser.open(list.link("/ufficio/contestazioni/").as_str()).await;
        assert!(claim.text().contains("Ho un solo veicolo"), "{}", claim.text());
    }
}
