import type { EdgeColumns } from '../hardware/session-trace.ts';
import type { VirtualHardware } from '../hardware/virtual-hardware.ts';
import type { Ps } from '../../units.ts';
import type { GuestOutput } from './guest-output.ts';

/** What a run that goes on has given since it last told of itself. */
export interface GuestNews {
  readonly simulatedPs: Ps;
  /** What the script printed since. */
  readonly stdout: string;
  /** Edges of pins since; `tracks` are all so far. */
  readonly edges: EdgeColumns;
  /** What the screen shows now, where it is told: it takes longer to make than the rest. */
  readonly displayPng?: Uint8Array;
}

/** Time of the board between two tellings, and between two pictures of its screen. */
const TELL_PS: Ps = 50e9;
const SCREEN_PS: Ps = 500e9;

interface Source {
  readonly hardware: VirtualHardware;
  readonly output: GuestOutput;
  readonly onNews: (news: GuestNews) => void;
}

/** Tells of a run while it goes on: by the board's own time, so that equal runs tell the same. */
export class NewsTeller {
  readonly #source: Source;
  readonly #decoder = new TextDecoder();
  #toldPs: Ps = 0;
  #screenPs: Ps = 0;
  #printed = 0;
  #edges = 0;

  constructor(source: Source) {
    this.#source = source;
  }

  /** Tells what there is, where enough time has passed. */
  look(): void {
    if (this.#source.hardware.nowPs - this.#toldPs >= TELL_PS) this.#tell();
  }

  /** Tells the rest: the run is over. */
  finish(): void {
    this.#tell();
  }

  #tell(): void {
    const { hardware, output, onNews } = this.#source;
    const { nowPs, trace } = hardware;
    this.#toldPs = nowPs;
    const bytes = output.bytesFrom(this.#printed);
    this.#printed += bytes.length;
    const edges = trace.edgesFrom(this.#edges);
    this.#edges += edges.edges.length;
    const displayPng = this.#screen(nowPs);
    const stdout = this.#decoder.decode(bytes, { stream: true });
    onNews({ simulatedPs: nowPs, stdout, edges, ...(displayPng && { displayPng }) });
  }

  #screen(nowPs: Ps): Uint8Array | undefined {
    if (nowPs - this.#screenPs < SCREEN_PS) return undefined;
    this.#screenPs = nowPs;
    return this.#source.hardware.display?.png();
  }
}
