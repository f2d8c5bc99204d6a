// A small server for pages that are files: the gallery of components and the planted defects.
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const DIST = fileURLToPath(new URL('../../crates/web/assets/dist', import.meta.url));

/** The policy that every page of the product is served with. */
export const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/**
 * Serves pages on the loopback: `pages` is a folder, or a function from the path to HTML (nothing is
 * a 404). Built assets are under `/static/`. Returns the address and a way to stop.
 */
export async function serve(pages) {
  const page = typeof pages === 'function' ? pages : (path) => {
    const file = join(pages, normalize(path));
    return existsSync(file) && extname(file) ? readFileSync(file) : undefined;
  };
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    const asset = path.startsWith('/static/') && join(DIST, normalize(path.slice('/static'.length)));
    const body = asset ? existsSync(asset) && readFileSync(asset) : await page(path, request);
    // Like the product, which sends its assets compressed: what they weigh is checked.
    const packed = asset && body && ['.css', '.js', '.svg'].includes(extname(path));
    response.writeHead(body ? 200 : 404, {
      'Content-Type': TYPES[extname(path)] ?? TYPES['.html'],
      ...(packed && { 'Content-Encoding': 'gzip' }),
      'Content-Security-Policy': CSP,
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(packed ? gzipSync(body) : body || '<!DOCTYPE html><html lang="it"><head><title>404</title></head><body><main><h1>404</h1></main></body></html>');
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () => new Promise((done) => {
      server.close(done);
      server.closeAllConnections();
    }),
  };
}
