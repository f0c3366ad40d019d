import type { Redis } from 'ioredis';
import { hostname } from 'node:os';
import { SpecError } from '../../errors.ts';
import { PREFIX } from './mailbox.ts';

const CLAIM_SECONDS = 15;
const LOOK_MS = 500;

const DELETE_OF = `if redis.call('get', KEYS[1]) == ARGV[1] then redis.call('del', KEYS[1]) end`;
const RENEW = `
local holder = redis.call('get', KEYS[1])
if not holder or holder == ARGV[1] then redis.call('set', KEYS[1], ARGV[1], 'PX', ARGV[2]) end`;

let claims = 0;

/** Who collects a sweep: no two collectors of one sweep may take results from each other. */
export class Claim {
  readonly #redis: Redis;
  readonly #key: string;
  readonly #claimMs: number;
  readonly #own = `${hostname()}:${process.pid}:${claims++}`;
  #renewal: NodeJS.Timeout | undefined;

  /** A claim that is not renewed for so long ends by itself: whoever had it was killed. */
  constructor(redis: Redis, key: string, claimSeconds = CLAIM_SECONDS) {
    this.#redis = redis;
    this.#claimMs = 1000 * claimSeconds;
    this.#key = `${PREFIX}:collector:${key}`;
  }

  /**
   * Takes the sweep; waits where somebody else has it who was perhaps killed. Throws a SpecError of one line, which
   * begins with `server`, where somebody is at it.
   */
  async take(server: string, signal?: AbortSignal): Promise<void> {
    const most = this.#claimMs / LOOK_MS + 2;
    for (let look = 0; look < most && !signal?.aborted; look++) {
      const holder = await this.#ask();
      if (holder === undefined) {
        this.#renewal = setInterval(() => void this.#renew().catch(() => undefined), this.#claimMs / 3);
        return;
      }
      if (isDead(holder)) await this.#deleteOf(holder);
      else await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    if (signal?.aborted) return;
    throw new SpecError(
      `${server}: another sweep collects the results of the same study there; wait for its end, or use another database`,
    );
  }

  async release(): Promise<void> {
    clearInterval(this.#renewal);
    await this.#deleteOf(this.#own);
  }

  /** Who has the sweep; undefined where it is this one. */
  async #ask(): Promise<string | undefined> {
    const isTaken = await this.#redis.set(this.#key, this.#own, 'PX', this.#claimMs, 'NX');
    if (isTaken) return undefined;
    const holder = await this.#redis.get(this.#key);
    return holder === this.#own ? undefined : (holder ?? '');
  }

  async #deleteOf(holder: string): Promise<void> {
    await this.#redis.eval(DELETE_OF, 1, this.#key, holder);
  }

  /** Also where a server has lost its memory; not where somebody else took the sweep while this process was asleep. */
  async #renew(): Promise<void> {
    await this.#redis.eval(RENEW, 1, this.#key, this.#own, this.#claimMs);
  }
}

/** Whether a collector was a process of this machine that is no more. */
function isDead(holder: string): boolean {
  const [, host, pid] = /^(.*):(\d+):\d+$/.exec(holder) ?? [];
  if (host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
