import * as vega from 'vega';

/** What Vega makes a function of; of one compiled chart always the same object. */
type Expression = object;
type Made = (...values: unknown[]) => unknown;
type Maker = (context: { readonly functions?: object }, expression: Expression) => Made;

interface Makers {
  readonly operator: Maker;
  readonly parameter: Maker;
  readonly event: Maker;
  readonly handler: Maker;
  readonly encode: Maker;
  readonly codegen: { readonly get: (path: readonly string[]) => Made; readonly comparator: unknown };
}

/** Of Vega, whose types have no word for it. */
const { Dataflow, runtimeContext } = vega as unknown as {
  readonly Dataflow: new () => object;
  readonly runtimeContext: (
    dataflow: object,
    transforms: object,
    functions: object,
  ) => { readonly expr: Makers };
};
const { expr: own } = runtimeContext(new Dataflow(), {}, {});

/**
 * How a view makes functions of its chart's expressions: once for all views of one compiled chart. Vega makes them anew for each, and each runs them as
 * if for the first time: of hundreds of runs' figures that is a fifth of the time that drawing takes.
 */
export const chartExpressions = {
  operator: onceFor(own.operator),
  parameter: onceFor(own.parameter),
  event: onceFor(own.event),
  handler: onceFor(own.handler),
  encode: onceFor(own.encode),
  codegen: { ...own.codegen, get: oncePerPath(own.codegen.get) },
};

/** The function of an expression, which takes what else it knows from the view that it is made for. */
function onceFor(make: Maker): Maker {
  const made = new WeakMap<Expression, Made>();
  return ({ functions }, expression) => {
    const known = made.get(expression) ?? make({}, expression);
    made.set(expression, known);
    return functions === undefined ? known : known.bind(functions);
  };
}

/** Fields of rows, of which figures have some dozens. */
function oncePerPath(make: Makers['codegen']['get']): Makers['codegen']['get'] {
  const made = new Map<string, Made>();
  return (path) => {
    const key = JSON.stringify(path);
    const known = made.get(key) ?? make(path);
    made.set(key, known);
    return known;
  };
}
