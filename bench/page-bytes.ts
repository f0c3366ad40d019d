import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type AliasOptions } from 'vite';

/**
 * Compressed bytes of all that Vite makes of a page with one script, which finds the package that it lies in by its name, or
 * where `alias` says.
 */
export async function pageBytes(script: string, alias: AliasOptions = {}): Promise<number> {
  const root = mkdtempSync(join(tmpdir(), 'inferscope-page-'));
  try {
    writeFileSync(join(root, 'index.html'), `<script type="module" src="${script}"></script>`);
    const result = await build({
      ...{ root, configFile: false, logLevel: 'silent', build: { write: false }, resolve: { alias } },
    });
    const outputs = [result].flat().flatMap((one) => ('output' in one ? one.output : []));
    const texts = outputs.map((file) => (file.type === 'chunk' ? file.code : file.source));
    return texts.reduce((sum, text) => sum + gzipSync(text).length, 0);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
