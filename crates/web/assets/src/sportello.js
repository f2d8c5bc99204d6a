// Small helps for those whose browser runs scripts. Every page works without them.
{
  const doc = document;
  const byId = (id) => doc.getElementById(id);
  doc.documentElement.classList.add('js');
  const all = (selector, inside = doc) => inside.querySelectorAll(selector);
  const on = (type, selector, act) => doc.addEventListener(type, (event) => {
    const found = event.target.closest(selector);
    if (found) act(found, event);
  });

  // What the browser only carries leaves by itself.
  doc.querySelector('form[data-leave]')?.requestSubmit();

  // The summary of what is wrong is read at once.
  doc.querySelector('.error-summary')?.focus();

  // Show or hide what is typed as a password; never left readable when it is sent.
  const show = (button, visible) => {
    const input = byId(button.getAttribute('aria-controls'));
    input.type = visible ? 'text' : 'password';
    button.setAttribute('aria-pressed', visible);
    button.firstElementChild.textContent = button.dataset[visible ? 'hide' : 'show'];
  };
  on('click', '.password-toggle', (button) => show(button, !button.matches('[aria-pressed=true]')));

  // A second press while the first is on its way is not a second request.
  on('submit', 'form', (form, event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = 1;
    setTimeout(() => delete form.dataset.sent, 4e3);
    all('.password-toggle', form).forEach((button) => show(button, false));
  });

  // The rules of a password tick themselves while it is typed. What to test comes from the page.
  const tests = {
    min: (text, arg) => [...text].length >= arg,
    max: (text, arg) => [...text].length <= arg,
    has: (text, arg) => new RegExp(arg, 'u').test(text),
    lacks: (text, arg) => text && !text.toLowerCase().includes(arg),
    same: (text, arg) => text && text === byId(arg).value,
  };
  all('[data-rules-for]').forEach((list) => {
    const input = byId(list.dataset.rulesFor);
    const tick = () => {
      let missing = 0;
      all('[data-test]', list).forEach((rule) => {
        const met = tests[rule.dataset.test](input.value, rule.dataset.arg);
        rule.classList.toggle('is-met', met);
        if (met) rule.classList.remove('is-unmet');
        rule.querySelector('.rule-state').textContent = met ? list.dataset.met : '';
        missing += !met;
      });
      const state = byId(input.id + '-rules-state');
      state.textContent = missing ? state.dataset.missing.replace('#', missing) : state.dataset.all;
    };
    doc.addEventListener('input', tick);
  });

  // Where a tenant's policy asks for it, a new password is typed, not pasted.
  on('paste', '[data-no-paste]', (_, event) => event.preventDefault());

  // Codes that have to be carried elsewhere are copied whole.
  on('click', '[data-copy]', async (button) => {
    const { copy, done } = button.dataset;
    await navigator.clipboard.writeText(byId(copy).textContent.trim());
    byId(copy + '-copied').textContent = done;
  });

  // A menu closes with Escape, and when the eye goes elsewhere.
  const close = (inside) => all('.user-menu[open]').forEach((menu) => {
    if (!menu.contains(inside)) menu.open = false;
  });
  doc.addEventListener('click', ({ target }) => close(target));
  doc.addEventListener('keydown', ({ key }) => key === 'Escape' && close());

  // A page that waits for something asks for itself, and changes only the parts that are live.
  const main = doc.querySelector('main[data-refresh]');
  if (main) {
    let pause = main.dataset.refresh * 1000;
    const ask = async () => {
      if (doc.hidden) return setTimeout(ask, pause);
      try {
        const answer = await fetch(location.href);
        if (answer.redirected) return location.replace(answer.url);
        if (answer.ok) {
          const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
          if (!next.querySelector('main[data-refresh]')) return location.reload();
          all('[data-live]').forEach((old) => {
            const fresh = next.getElementById(old.id);
            if (fresh && fresh.innerHTML !== old.innerHTML) old.innerHTML = fresh.innerHTML;
          });
        }
      } catch {
        pause = Math.min(pause * 2, 6e4);
      }
      setTimeout(ask, pause);
    };
    setTimeout(ask, pause);
  }
}
