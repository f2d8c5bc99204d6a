// Small helps for those whose browser runs scripts. Every page works without them.
(() => {
  const doc = document;
  doc.documentElement.classList.add('js');
  const on = (type, selector, act) => doc.addEventListener(type, (event) => {
    const found = event.target.closest?.(selector);
    if (found) act(found, event);
  });

  // The summary of what is wrong is read at once.
  doc.querySelector('.error-summary')?.focus();

  // Show or hide what is typed as a password; never left readable when it is sent.
  const show = (button, visible) => {
    const input = doc.getElementById(button.getAttribute('aria-controls'));
    input.type = visible ? 'text' : 'password';
    button.setAttribute('aria-pressed', visible);
    button.firstElementChild.textContent = visible ? button.dataset.hide : button.dataset.show;
  };
  on('click', '.password-toggle', (button) => show(button, button.getAttribute('aria-pressed') !== 'true'));

  // A second press while the first is on its way is not a second request.
  on('submit', 'form', (form, event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = 1;
    setTimeout(() => delete form.dataset.sent, 4000);
    form.querySelectorAll('.password-toggle').forEach((button) => show(button, false));
  });

  // The rules of a password tick themselves while it is typed. What to test comes from the page.
  const tests = {
    min: (value, arg) => [...value].length >= arg,
    max: (value, arg) => [...value].length <= arg,
    has: (value, arg) => new RegExp(arg, 'u').test(value),
    lacks: (value, arg) => value !== '' && !new RegExp(arg, 'iu').test(value),
    same: (value, arg) => value !== '' && value === doc.getElementById(arg).value,
  };
  doc.querySelectorAll('[data-rules-for]').forEach((list) => {
    const input = doc.getElementById(list.dataset.rulesFor);
    const tick = () => {
      let missing = 0;
      list.querySelectorAll('[data-test]').forEach((rule) => {
        const met = tests[rule.dataset.test](input.value, rule.dataset.arg);
        rule.classList.toggle('is-met', met);
        if (met) rule.classList.remove('is-unmet');
        rule.querySelector('.rule-state').textContent = met ? list.dataset.met : '';
        missing += !met;
      });
      const state = doc.getElementById(input.id + '-rules-state');
      state.textContent = missing ? state.dataset.missing.replace('#', missing) : state.dataset.all;
    };
    doc.addEventListener('input', tick);
  });

  // Codes that have to be carried elsewhere are copied whole.
  on('click', '[data-copy]', async (button) => {
    const text = doc.getElementById(button.dataset.copy).textContent.trim();
    await navigator.clipboard.writeText(text);
    doc.getElementById(button.dataset.copy + '-copied').textContent = button.dataset.done;
  });

  // A menu closes with Escape, and when the eye goes elsewhere.
  const close = (inside) => doc.querySelectorAll('.user-menu[open]').forEach((menu) => {
    if (!menu.contains(inside)) menu.open = false;
  });
  doc.addEventListener('click', (event) => close(event.target));
  doc.addEventListener('keydown', (event) => event.key === 'Escape' && close());

  // A page that waits for something asks for itself, and changes only the parts that are live.
  const main = doc.querySelector('main[data-refresh]');
  if (main) {
    let pause = main.dataset.refresh * 1000;
    const ask = async () => {
      if (doc.hidden) return setTimeout(ask, pause);
      try {
        const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
        if (answer.redirected) return location.replace(answer.url);
        if (answer.ok) {
          const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
          if (!next.querySelector('main[data-refresh]')) return location.reload();
          doc.querySelectorAll('[data-live]').forEach((old) => {
            const fresh = next.getElementById(old.id);
            if (fresh && fresh.innerHTML !== old.innerHTML) old.innerHTML = fresh.innerHTML;
          });
        }
      } catch {
        pause = Math.min(pause * 2, 60000);
      }
      setTimeout(ask, pause);
    };
    setTimeout(ask, pause);
  }
})();
