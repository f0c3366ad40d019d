import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type AliasOptions } from 'vite';

/** A file of a built page. */
export interface PageFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/**
 * All that Vite makes of a page with one script, a path or the text itself, which finds the package that it lies in by its
 * name, or where `alias` says. Without what pages load ahead where `modulePreload` is false, its script runs in Node too.
 */
export async function buildPage(
  script: string,
  alias: AliasOptions = {},
  modulePreload = true,
): Promise<PageFile[]> {
  const root = mkdtempSync(join(tmpdir(), 'inferscope-page-'));
  try {
    const isText = script.includes('\n');
    if (isText) writeFileSync(join(root, 'page.ts'), script);
    writeFileSync(
      join(root, 'index.html'),
      `<script type="module" src="${isText ? './page.ts' : script}"></script>`,
    );
    const result = await build({
      ...{ root, configFile: false, logLevel: 'silent', resolve: { alias } },
      build: { write: false, ...(!modulePreload && { modulePreload }) },
    });
    const outputs = [result].flat().flatMap((one) => ('output' in one ? one.output : []));
    return outputs.map((file) => ({
      name: file.fileName,
      content: file.type === 'chunk' ? file.code : file.source,
    }));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Compressed bytes of the files of a page. */
export function compressedBytes(files: readonly PageFile[]): number {
  return files.reduce((sum, { content }) => sum + gzipSync(content).length, 0);
}
