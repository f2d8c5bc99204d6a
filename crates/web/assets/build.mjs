// Builds what the program embeds: stylesheet, script, fonts and icons, with the hash of the content
// in every name, a brotli copy beside what compresses, and a manifest. Run as `npm run assets`.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import * as sass from 'sass';

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, 'src');
const upstream = dirname(createRequire(import.meta.url).resolve('bootstrap-italia/package.json'));

const MEDIA_TYPES = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
};

/** Our name of each font and where Bootstrap Italia keeps it. */
const FONTS = {
  'titillium-web-400.woff2': 'Titillium_Web/titillium-web-v10-latin-ext_latin-regular.woff2',
  'titillium-web-600.woff2': 'Titillium_Web/titillium-web-v10-latin-ext_latin-600.woff2',
  'titillium-web-700.woff2': 'Titillium_Web/titillium-web-v10-latin-ext_latin-700.woff2',
  'roboto-mono-400.woff2': 'Roboto_Mono/roboto-mono-v13-latin-ext_latin-regular.woff2',
};

/** The stylesheet, with the addresses of the fonts replaced by their hashed names. */
export function compileStyles(fontNames) {
  const { css } = sass.compile(join(source, 'sportello.scss'), {
    style: 'compressed',
    // The root of the design system and the folder that holds it, so that imports read as package paths.
    loadPaths: [dirname(upstream)],
    // Bootstrap Italia 2 is written in the older dialect; our own files are few and follow it.
    silenceDeprecations: ['import', 'global-builtin', 'color-functions', 'if-function'],
    quietDeps: true,
  });
  return css.replace(/url\("?([a-z0-9-]+\.woff2)"?\)/g, (_, name) => {
    if (!fontNames[name]) throw new Error(`the stylesheet asks for the font ${name}, which is not copied`);
    return `url(${fontNames[name]})`;
  });
}

/** The names listed in `icons.txt`. */
export function iconNames() {
  return readFileSync(join(source, 'icons.txt'), 'utf8').split('\n').filter((line) => line && !line.startsWith('#'));
}

/** The sprite of Bootstrap Italia, reduced to the named symbols. */
export function subsetIcons(names) {
  const sprite = readFileSync(join(upstream, 'dist/svg/sprites.svg'), 'utf8');
  const symbols = names.map((name) => {
    const found = sprite.match(new RegExp(`<symbol[^>]*\\bid="${name}"[^>]*>.*?</symbol>`, 's'));
    if (!found) throw new Error(`Bootstrap Italia has no icon ${name}`);
    return found[0].replace(/\s+/g, ' ').replace(/> </g, '><');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`;
}

/**
 * A script without comments, indentation and the line ends that mean nothing. Names stay: the file
 * remains readable to whoever looks at what their browser runs. Only whole-line comments are taken
 * away, and no text runs over a line end, which is how we write.
 */
export function squeezeScript(text) {
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line && !line.startsWith('//'));
  return `${lines.join('\n').replace(/([{;,])\n/g, '$1').replace(/\n}/g, '}')}\n`;
}

/** Writes `dist/` and returns the manifest. */
export function build(dist = join(here, 'dist')) {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  const manifest = {};

  const emit = (logical, content) => {
    const bytes = Buffer.from(content);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const dot = logical.lastIndexOf('.');
    const [stem, extension] = [logical.slice(0, dot), logical.slice(dot + 1)];
    const file = `${stem}.${sha256.slice(0, 12)}.${extension}`;
    writeFileSync(join(dist, file), bytes);
    const entry = { file, sha256, mediaType: MEDIA_TYPES[extension], bytes: bytes.length };
    if (extension !== 'woff2') {
      const packed = brotliCompressSync(bytes, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: 11,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
          [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        },
      });
      writeFileSync(join(dist, `${file}.br`), packed);
      entry.brotli = { file: `${file}.br`, bytes: packed.length };
    }
    manifest[logical] = entry;
    return file;
  };

  const fontNames = {};
  for (const [logical, path] of Object.entries(FONTS)) {
    fontNames[logical] = emit(logical, readFileSync(join(upstream, 'dist/fonts', path)));
  }
  emit('sportello.css', compileStyles(fontNames));
  emit('icons.svg', subsetIcons(iconNames()));
  for (const name of readdirSync(source).filter((file) => file.endsWith('.js'))) {
    emit(name, squeezeScript(readFileSync(join(source, name), 'utf8')));
  }
  emit('favicon.svg', readFileSync(join(source, 'favicon.svg')));

  const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(join(dist, 'manifest.json'), `${JSON.stringify(sorted, null, 2)}\n`);
  return sorted;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  let total = 0;
  for (const [name, entry] of Object.entries(build())) {
    const sent = entry.brotli?.bytes ?? entry.bytes;
    total += sent;
    console.log(`${name.padEnd(26)} ${String(entry.bytes).padStart(7)} bytes, ${String(sent).padStart(6)} sent`);
  }
  console.log(`${'all files'.padEnd(26)} ${' '.repeat(14)}  ${String(total).padStart(6)} sent`);
}
