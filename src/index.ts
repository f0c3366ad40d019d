/**
 * Boards, networks and predictions: what fits in a page and starts fast. Whatever needs a library, a format of files or
 * Node has an entry of its own beside this one: docs/library.md lists them.
 */
export type { Board, Constant, Grade } from './boards/board/board.ts';
export * from './boards/index.ts';
export { deploy } from './deploy/index.ts';
export type { DeployOptions } from './deploy/options.ts';
export type { MemoryBlock, MemoryTimeline, Program, Reason, Step } from './deploy/program.ts';
export { planTimeline } from './deploy/memory-timeline.ts';
export type { TraceRecord } from './engine/trace-record.ts';
export { FormatError, InferscopeError, MissingCostError, SpecError, UnsupportedOpError } from './errors.ts';
export { graphWork, inferGraph } from './kernels/execute/graph-work.ts';
export type { Op, Work } from './kernels/definition/op.ts';
export type { DType, Graph, GraphNode, Quantization, Tensor } from './models/graph/graph.ts';
export { isKmodel, type Model } from './models/formats/model.ts';
export type { KmodelModel } from './models/formats/kmodel/kmodel-model.ts';
export { buildGraph, modelFromSpec } from './files/spec-graphs.ts';
export type { ModelSpec } from './models/specs/builder.ts';
export { paperCnn, type PaperCnnOptions } from './models/specs/paper-cnn.ts';
export { explainDifference, type Difference } from './report/explanation/difference.ts';
export { explainPrediction, type Explanation } from './report/explanation/explain.ts';
export { Machine, type MachineOptions } from './simulate/machine.ts';
export { predict, withClocks, type PredictOptions } from './simulate/predict.ts';
export { predictWithFacts } from './simulate/predict-with-facts.ts';
export type { Interval, MemoryFit, Prediction, StepCost, StepFacts } from './simulate/prediction.ts';
export { scheduleProgram, type Schedule } from './simulate/schedule.ts';
export { simulate, type Outcome } from './simulate/simulate.ts';
export { traceInference } from './simulate/trace-inference.ts';
export { loadTrainedPaperCnn, type TrainedPaperCnn } from './training/paper/trained-paper.ts';
