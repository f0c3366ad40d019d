import { convertToKmodel, type ConvertedModel } from '../../deploy/ncc/convert-to-kmodel.ts';
import { readsOf, writesOf } from '../../deploy/ncc/kmodel-ranges.ts';
import { SpecError } from '../../errors.ts';
import { emptyFlash, writeFlash } from '../../models/formats/kfpkg/flash.ts';
import type { Graph } from '../../models/graph/graph.ts';
import { writeKfpkg } from '../../models/formats/kfpkg/kfpkg.ts';
import { hasOpenWeights, withDrawnWeights } from '../../models/specs/synthetic-weights.ts';
import type { ValueRange } from '../../numbers.ts';
import { calibrationImages, type CalibrationImages } from '../datasets/calibration-images.ts';
import type { Conversion, ConvertOptions, KmodelSummary } from './conversion.ts';
import { withTrainedWeights } from '../trained.ts';

/** A float32 network as a kmodel v3, as ncc 0.1 writes it. Throws SpecError, UnsupportedOpError, FormatError. */
export async function convertKmodel(model: Graph, options: ConvertOptions): Promise<Conversion> {
  const graph = await withTrainedWeights(model);
  const filled = withDrawnWeights(graph);
  const ranges = await givenRanges(graph, options);
  const { images, note } = await imagesBeside(ranges, graph, options.dataset);
  const { floatFc, channelwiseOutput } = options;
  const converted = convertToKmodel(filled, images, {
    ...{ floatFc, channelwiseOutput },
    ...(ranges && { ranges }),
  });
  const drawn = `${graph.name}: has no weights, so they are drawn (seeded); sizes and plan are as with any`;
  const notes = [...(hasOpenWeights(graph) ? [drawn] : []), ...(note === undefined ? [] : [note])];
  return {
    bytes: converted.bytes,
    images: images.length,
    kmodel: summaryOf(converted),
    notes: [...notes, ...converted.warnings],
  };
}

async function givenRanges(
  graph: Graph,
  { ranges, channelwiseOutput }: ConvertOptions,
): Promise<ReadonlyMap<number, ValueRange> | undefined> {
  if (ranges === undefined) return undefined;
  if (!channelwiseOutput) return (await import('./ranges-file.ts')).readRanges(ranges, graph);
  throw new SpecError(
    '--ranges gives one range a tensor; leave out --channelwise-output, which asks for one a channel',
  );
}

/** Drawn bytes stand in for images only where no ranges are given. */
async function imagesBeside(
  ranges: ReadonlyMap<number, ValueRange> | undefined,
  graph: Graph,
  dataset: string | undefined,
): Promise<CalibrationImages> {
  return ranges && dataset === undefined ? { images: [] } : calibrationImages(graph, dataset);
}

function summaryOf({ mainMemoryBytes, outputAddress, bodyBytes, file }: ConvertedModel): KmodelSummary {
  const plan = file.layers.map((layer, index) => {
    return { index, op: layer.type, reads: readsOf(layer), writes: writesOf(layer) };
  });
  return { mainMemoryBytes, outputAddress, plan, bodyBytes };
}

/** The kmodel in a package for the flash. Also throws a SpecError for an address outside of the flash. */
export async function convertKfpkg(model: Graph, options: ConvertOptions): Promise<Conversion> {
  const conversion = await convertKmodel(model, options);
  const entry = { address: parseAddress(options.address), bin: 'model.kmodel', sha256Prefix: false };
  const { bytes } = conversion;
  writeFlash(emptyFlash(), [{ address: entry.address, bytes, name: entry.bin }]);
  return { ...conversion, bytes: writeKfpkg([{ ...entry, bytes }]) };
}

/** An address as people write it, 0x300000 or 3145728. */
export function parseAddress(text: string): number {
  if (/^(0x[0-9a-f]{1,8}|\d{1,10})$/i.test(text)) return Number(text);
  throw new SpecError(`--address ${text}: is no address; write it like 0x300000`);
}
