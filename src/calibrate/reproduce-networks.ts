import { asPublished } from '../training/paper/paper-training.ts';
import type { Graph } from '../models/graph/graph.ts';
import { writeTflite } from '../files/tflite.ts';
import { loadTrainedPaperCnn } from '../training/paper/trained-paper.ts';
import { DOKIC_2021_NETWORKS } from './measurements/dokic-2021.ts';

const KIB = 1024;

/** The .tflite that this project writes of one of the paper's networks. */
export interface SizeRow {
  readonly filters: number;
  readonly bytes: number;
  /** Whole KiB, rounded down as in the paper. */
  readonly kib: number;
  readonly publishedKib: number;
}

/** Share of the authors' 12,000 test images that a trained network names right, 0 to 1. */
export interface AccuracyRow {
  readonly filters: number;
  readonly value: number;
  readonly published: number;
  /** Above 0 where ours is better. */
  readonly difference: number;
}

/** How the weights came to be; `recorded` accuracies were measured when the weights that ship were trained. */
export interface AccuracySource {
  readonly kind: 'recorded' | 'trained';
  readonly sentence: string;
}

/** The columns of tables 2 and 3 that are not times. */
export interface ReproducedNetworks {
  readonly sizes: readonly SizeRow[];
  readonly accuracy: readonly AccuracyRow[];
  readonly accuracySource: AccuracySource;
}

/** A network of the paper with its weights. */
export interface AccurateNetwork {
  readonly filters: number;
  readonly graph: Graph;
  readonly accuracy: number;
}

/** Files and accuracies of trained networks beside the paper's. */
export function compareNetworks(
  networks: readonly AccurateNetwork[],
  accuracySource: AccuracySource,
): ReproducedNetworks {
  const rows = networks.map(({ filters, graph, accuracy }) => {
    const printed = DOKIC_2021_NETWORKS[filters - 1];
    const bytes = writeTflite(asPublished(graph)).length;
    const file = { filters, bytes, kib: Math.floor(bytes / KIB), publishedKib: printed.fileKib };
    const difference = accuracy - printed.accuracy;
    return { file, accuracy: { filters, value: accuracy, published: printed.accuracy, difference } };
  });
  return {
    sizes: rows.map(({ file }) => file),
    accuracy: rows.map(({ accuracy }) => accuracy),
    accuracySource,
  };
}

/** The networks whose weights ship with the project, their accuracies as recorded when they were trained. */
export async function reproduceNetworks(): Promise<ReproducedNetworks> {
  const networks = await Promise.all(
    DOKIC_2021_NETWORKS.map(async ({ filters }) => ({ filters, ...(await loadTrainedPaperCnn(filters)) })),
  );
  return compareNetworks(networks, {
    kind: 'recorded',
    sentence:
      "Accuracies of the weights that ship with inferscope, recorded when they were trained as the authors' notebook does; --train trains them again.",
  });
}
