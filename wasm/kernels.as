// AssemblyScript, compiled by scripts/build-wasm.mjs into src/kernels/execute/fast/simd-wasm.ts: what the module exports.
// Pointers are byte offsets into the imported memory. Parameter blocks are int32 fields, written by the files of
// src/kernels/execute/fast.
export { add, addFloats } from './add';
export { conv } from './conv';
export { convFloats } from './conv-floats';
export { depthwise } from './depthwise';
export { depthwiseFloats } from './depthwise-floats';
export { clampFloats, lookUp, lookUpWords, quantize } from './elementwise';
export { placeRows, sumBytes, sumFloats } from './moves';
export { poolBytes, poolFloats } from './pool';
