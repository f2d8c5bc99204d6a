// The four ways in which every journey is walked.

/** JavaScript on and off, on a phone and on a desk. */
export const MODES = [
  { name: 'js-desktop', js: true, width: 1280, height: 900 },
  { name: 'js-phone', js: true, width: 390, height: 844 },
  { name: 'nojs-desktop', js: false, width: 1280, height: 900 },
  { name: 'nojs-phone', js: false, width: 390, height: 844 },
];

/** The modes asked for in `E2E_MODES` (names or parts of names, with commas), or all of them. */
export function chosenModes(wanted = process.env.E2E_MODES) {
  if (!wanted) return MODES;
  const parts = wanted.split(',');
  const chosen = MODES.filter((mode) => parts.some((part) => mode.name === part || mode.name.split('-').includes(part)));
  if (!chosen.length) throw new Error(`E2E_MODES=${wanted} names none of ${MODES.map((mode) => mode.name).join(', ')}`);
  return chosen;
}
