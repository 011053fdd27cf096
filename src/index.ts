/**
 * The public interface of hasim as a library: load a scenario, run it, render the result. Nothing here touches files,
 * processes or the clock; the reader of files is handed in.
 */

export { loadScenario, parseScenario, type LoadResult, type ParseOptions } from './scenario/load.ts';
export { renderDiagnostics, type Diagnostic } from './scenario/diagnostics.ts';
export { scenarioJsonSchema } from './scenario/json-schema.ts';
export type { ResolvedScenario } from './scenario/schema/scenario.ts';
export { run, startRun, type ActiveRun, type RunOptions } from './run/run.ts';
export type { Assumption, DeviceSettings, FinalState, RunResult } from './run/result.ts';
export type { RecordData, RecordKind } from './run/record.ts';
export type { TraceLevel, TraceRecord } from './kernel/trace.ts';
export type { Failover, FailoverKind } from './measure/failover.ts';
export type { Part, PartName, SetBy } from './measure/part.ts';
export type { Verdict } from './check/verdict.ts';
export { InvariantError } from './check/invariants.ts';
export { LimitError } from './kernel/limits.ts';
export { renderText, type TextOptions } from './report/text.ts';
export { renderJson, type JsonOptions } from './report/json.ts';
export { renderExplanation, type ExplainOptions } from './report/explain.ts';
export { describeRecord } from './report/records.ts';
export { PLAIN, type Styler } from './report/style.ts';
export { VERSION } from './version.ts';
