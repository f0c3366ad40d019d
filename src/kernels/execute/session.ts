import { subgraphOf } from '../../models/graph/called-subgraphs.ts';
import type { Graph } from '../../models/graph/graph.ts';
import type { Session, Subroutine, TensorData } from '../definition/kernel.ts';
import { fail } from '../definition/operands.ts';

/** What the session asks of the executor of a subgraph. */
export interface Runnable extends Subroutine {
  reset(): void;
}

/** State variables of a network and the executors of its further subgraphs, made when a kernel first asks for them. */
export class NetworkSession implements Session {
  readonly variables = new Map<number, TensorData>();
  /** Rounds of loops since the last reset; NaN where a loop took more at one time than at another. */
  readonly rounds = new Map<object, number>();
  readonly #ids = new Map<string, number>();
  readonly #routines = new Map<number, Runnable>();
  readonly #open = new Set<number>();
  readonly #graph: Graph;
  readonly #create: (graph: Graph, session: NetworkSession) => Runnable;

  constructor(graph: Graph, create: (graph: Graph, session: NetworkSession) => Runnable) {
    this.#graph = graph;
    this.#create = create;
  }

  variableId(container: string, name: string): number {
    const key = JSON.stringify([container, name]);
    const id = this.#ids.get(key) ?? this.#ids.size;
    this.#ids.set(key, id);
    return id;
  }

  noteRounds(loop: object, rounds: number): void {
    const before = this.rounds.get(loop) ?? rounds;
    this.rounds.set(loop, before === rounds ? rounds : NaN);
  }

  subroutine(number: number): Subroutine {
    const known = this.#routines.get(number);
    if (known) return known;
    const graph = subgraphOf(this.#graph, number) ?? fail(`the file has no subgraph ${number} to run`);
    if (this.#open.has(number)) fail(`subgraph ${number} runs itself, which no interpreter ends`);
    this.#open.add(number);
    const routine = this.#create(graph, this);
    this.#open.delete(number);
    this.#routines.set(number, routine);
    return routine;
  }

  /** Forgets the state variables, rounds and what the subgraphs keep. */
  reset(): void {
    this.variables.clear();
    this.rounds.clear();
    for (const routine of this.#routines.values()) routine.reset();
  }
}
