import type { ArenaOffsets } from '../../graph/graph.ts';
import type { ReadContext } from './read-tensors.ts';

const KEY = 'OfflineMemoryAllocation';
const WORD_BYTES = 4;
/** Version, subgraph and count of offsets (tflite-micro, the page "Memory Management" of its documentation). */
const HEAD_WORDS = 3;

/** The metadata that places tensors in the arena beforehand; as TensorFlow Lite Micro, the last of that name. */
export function readArenaOffsets({ model }: ReadContext): { readonly arenaOffsets?: ArenaOffsets } {
  let found: number[] | undefined;
  for (let at = 0; at < model.metadataLength(); at++) {
    const metadata = model.metadata(at);
    if (metadata?.name() !== KEY) continue;
    const data = model.buffers(metadata.buffer())?.dataArray();
    if (data) found = offsetsIn(data) ?? found;
  }
  if (found === undefined) return {};
  let tensors = 0;
  for (let at = 0; at < model.subgraphsLength(); at++) tensors += model.subgraphs(at)!.tensorsLength();
  return { arenaOffsets: { offsets: found, tensors } };
}

/** The offsets behind the head, as many as it says or as there are; undefined where there is no head. */
function offsetsIn(data: Uint8Array): number[] | undefined {
  const words = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (data.byteLength < HEAD_WORDS * WORD_BYTES) return undefined;
  const there = Math.floor(data.byteLength / WORD_BYTES) - HEAD_WORDS;
  const count = Math.min(words.getUint32(2 * WORD_BYTES, true), there);
  return Array.from({ length: count }, (_, at) => words.getInt32((HEAD_WORDS + at) * WORD_BYTES, true));
}
