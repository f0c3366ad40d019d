import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';

/** Chromium of the system, or the one that CHROME_PATH names. */
export const CHROME_PATH = process.env.CHROME_PATH ?? '/usr/bin/chromium';

/**
 * A module of this repository and all that it imports as one script that puts its exports on `globalThis[name]`, or, where
 * it awaits at its top, as a module that exports them.
 */
export async function bundle(entry: URL, name: string, format: 'iife' | 'es' = 'iife'): Promise<string> {
  const { build } = await import('vite');
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      ...(format === 'es' && { target: 'esnext', rollupOptions: { output: { codeSplitting: false } } }),
      lib: { entry: fileURLToPath(entry), formats: [format], name },
    },
  });
  const outputs = [result].flat().flatMap((one) => ('output' in one ? one.output : []));
  const chunk = outputs.find((output) => output.type === 'chunk');
  if (!chunk) throw new Error(`vite made no script of ${entry.href}`);
  return chunk.code;
}

/** Chromium of the system with such switches beside the usual ones. */
export async function launchBrowser(switches: readonly string[] = []): Promise<Browser> {
  const { chromium } = await import('playwright-core');
  const args = ['--no-sandbox', '--disable-gpu', ...switches];
  return chromium.launch({ executablePath: CHROME_PATH, args });
}
