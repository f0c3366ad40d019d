import { convertImage } from '../deploy/camera/index.ts';
import { traceKmodel } from '../deploy/ncc/kmodel-network.ts';
import type { MapShape } from '../deploy/ncc/ncc-network.ts';
import { SpecError } from '../errors.ts';
import type { TieMode } from '../kernels/kpu/kpu-conv2d/index.ts';
import type { KmodelKernels } from '../kernels/kpu/kmodel-layers/kernels.ts';
import { createKmodelRunner, type KmodelRunner } from '../kernels/kpu/run-kmodel.ts';
import type { Image } from '../pictures/image.ts';
import { toPlanar } from '../pictures/planar.ts';
import type { KmodelModel, KmodelV3Model } from '../models/formats/kmodel/kmodel-model.ts';

/** A kmodel that is ready to run, and the maps that it takes. */
export interface ReadyKmodel {
  readonly runner: KmodelRunner;
  readonly shape: MapShape;
}

/** Throws a SpecError for version 4, a FormatError for a file that cannot run. */
export function prepareKmodel(
  model: KmodelModel,
  ties: TieMode = 'half-away',
  kernels: KmodelKernels = 'maixpy',
): ReadyKmodel {
  const { name, file } = requireV3(model);
  const { shape } = traceKmodel(model).layers[0]!;
  return { runner: createKmodelRunner(file, { name, ties, kernels }), shape };
}

/** A picture as MaixPy gives it to the KPU: resized, recoloured, one channel after the other. Throws as `convertImage`. */
export function kmodelPicture({ runner, shape }: ReadyKmodel, picture: Image): Uint8Array | Float32Array {
  const { dtype } = runner.input;
  const tensor = { name: 'input', shape: [1, shape.h, shape.w, shape.c], dtype };
  return toPlanar(convertImage(picture, tensor, 'maixpy') as Uint8Array | Float32Array, shape);
}

function requireV3(model: KmodelModel): KmodelV3Model {
  if (model.version === 3) return model;
  throw new SpecError(
    `${model.name}: is a kmodel of version 4, whose structure is read but not its weights; run takes version 3, ` +
      'inspect and predict take both',
  );
}
