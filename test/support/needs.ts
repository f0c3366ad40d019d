import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { anotherUser } from './another-user.ts';
import { CHROME_PATH } from './browser.ts';

/** A server, browser, analyser or device that npm does not install, and what a test says where it is absent. */
export interface Needed {
  readonly missing: boolean;
  /** For the end of a title, in the words that the tally of `npm cit` counts; empty where nothing is missing. */
  readonly reason: string;
}

interface Tool {
  readonly isThere: () => boolean;
  readonly advice?: string;
}

const require = createRequire(import.meta.url);
const starts = (command: string, version: string) => () => spawnSync(command, [version]).status === 0;

function isInstalled(name: string): boolean {
  try {
    return require.resolve(name) !== '';
  } catch {
    return false;
  }
}

const TOOLS = {
  'redis-server': {
    isThere: starts('redis-server', '--version'),
    advice: 'install the package redis-server',
  },
  chromium: { isThere: () => existsSync(CHROME_PATH), advice: 'install chromium or set CHROME_PATH' },
  'sigrok-cli': { isThere: starts('sigrok-cli', '--version'), advice: 'install the package sigrok-cli' },
  openssl: { isThere: starts('openssl', 'version'), advice: 'install the package openssl' },
  '@duckdb/node-api': {
    isThere: () => isInstalled('@duckdb/node-api'),
    advice: 'this platform has no build of it',
  },
  // Whoever is not root may not write everywhere; root has to become somebody.
  'a user without rights': {
    isThere: () => process.getuid?.() !== 0 || anotherUser() !== undefined,
    advice: 'root needs a user nobody',
  },
  '/dev/fd': { isThere: () => existsSync('/dev/fd') },
  '/dev/full': { isThere: () => existsSync('/dev/full') },
} satisfies Readonly<Record<string, Tool>>;

/** Whether a tool is there. Every test that skips asks here, so that the tally can tell why. */
export function needs(name: keyof typeof TOOLS): Needed {
  const { isThere, advice }: Tool = TOOLS[name];
  if (isThere()) return { missing: false, reason: '' };
  return { missing: true, reason: ` (skipped: needs ${name}${advice === undefined ? '' : `; ${advice}`})` };
}
