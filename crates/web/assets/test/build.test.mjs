// The built assets: complete, small, free of addresses of others.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { build, iconNames, squeezeScript, subsetIcons } from '../build.mjs';

const CRATES = fileURLToPath(new URL('../../..', import.meta.url));
let dist;
let manifest;

before(() => {
  dist = mkdtempSync(join(tmpdir(), 'assets-'));
  manifest = build(dist);
});

const read = (logical) => readFileSync(join(dist, manifest[logical].file), 'utf8');

test('what a first visit loads stays under 130 KiB with its largest page', () => {
  const sent = Object.values(manifest).reduce((sum, entry) => sum + (entry.brotli?.bytes ?? entry.bytes), 0);
  const page = 8 * 1024;
  assert.ok(sent + page < 130 * 1024, `${sent} bytes of assets`);
});

test('our script is under 3.25 KiB as it stands', () => {
  assert.ok(manifest['sportello.js'].bytes < 3.25 * 1024, `${manifest['sportello.js'].bytes} bytes`);
});

test('every packed copy unpacks to the file beside it', () => {
  const packed = Object.values(manifest).filter((entry) => entry.brotli);
  assert.ok(packed.length >= 4);
  for (const entry of packed) {
    assert.deepEqual(brotliDecompressSync(readFileSync(join(dist, entry.brotli.file))), readFileSync(join(dist, entry.file)));
  }
});

test('the stylesheet asks only for files that are built, and for nobody else', () => {
  const css = read('sportello.css');
  const addresses = [...css.matchAll(/url\(\s*["']?([^"')]+)/g)].map((found) => found[1]).filter((url) => !url.startsWith('data:'));
  assert.ok(addresses.length >= 4);
  const files = readdirSync(dist);
  for (const address of addresses) assert.ok(files.includes(address), address);
  assert.doesNotMatch(css, /@import|https?:\/\/(?!www\.w3\.org)/);
});

test('the stylesheet says which version of the design system it comes from', () => {
  assert.match(read('sportello.css'), /--bootstrap-italia-version:\s*["']2\.18\.3["']/);
});

test('building twice gives the same names', () => {
  const again = build(mkdtempSync(join(tmpdir(), 'assets-')));
  assert.deepEqual(again, manifest);
});

test('every icon that templates and programs name is in the sprite', () => {
  const icons = new Set(iconNames());
  const used = new Map();
  for (const path of sources(CRATES)) {
    // Classes of the design system begin like the names of its icons.
    const text = readFileSync(path, 'utf8').replace(/class="[^"]*"/g, '');
    for (const [, name] of text.matchAll(/["'](it-[a-z-]+)["']/g)) used.set(name, path);
  }
  assert.ok(used.size > 10);
  const missing = [...used].filter(([name]) => !icons.has(name)).map(([name, path]) => `${name} in ${path}`);
  assert.deepEqual(missing, []);
});

test('an icon that does not exist is refused', () => {
  assert.throws(() => subsetIcons(['it-unicorn']), /it-unicorn/);
});

test('squeezing a script keeps its addresses and words', () => {
  const written = "// about\n  const a = () => {\n    return 'http://x';\n  };\n\n  go(a)\n  go(1);\n";
  assert.equal(squeezeScript(written), "const a = () => {return 'http://x';};go(a)\ngo(1);\n");
});

function* sources(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (/^(node_modules|dist|target|assets)$/.test(name)) continue;
    if (statSync(path).isDirectory()) yield* sources(path);
    else if (/\.(html|rs)$/.test(name)) yield path;
  }
}
