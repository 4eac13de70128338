import type { InferenceSession as RuntimeSession } from 'onnxruntime-common';
import { attributeTypes, dataTypes, ModelProto } from '../autodiff/onnx-schema.ts';
import { type Factor, type MatrixProducts, shapeOfProduct } from '../numerics/band/matrix-products.ts';
import { InferenceSession, Tensor } from './session-runtime.ts';

/** Products by ONNX Runtime, which has the processor's widest instructions for them. */
export interface RuntimeProducts extends MatrixProducts {
  /** Frees what the runtime holds. */
  close(): Promise<void>;
}

/**
 * Float64 products on the processor's widest vector instructions, computed by ONNX Runtime (`Gemm`).
 *
 * @param threads inside one product. They share out rows and columns, never a sum: results are the same to the bit.
 */
export function runtimeProducts(threads = 1): RuntimeProducts {
  const sessions = new Map<string, Promise<RuntimeSession>>();
  const sessionFor = (left: boolean, right: boolean, added: boolean): Promise<RuntimeSession> => {
    const key = `${left} ${right} ${added}`;
    const session = sessions.get(key) ?? open(left, right, added, threads);
    sessions.set(key, session);
    return session;
  };
  return {
    multiply: async (left, right, out, added) => {
      const { rows, columns } = shapeOfProduct(left, right, out);
      const session = await sessionFor(
        left.transposed ?? false,
        right.transposed ?? false,
        added !== undefined,
      );
      const inputs = { left: tensorOf(left), right: tensorOf(right) };
      await session.run(
        added === undefined ? inputs : { ...inputs, added: new Tensor('float64', added, [rows, columns]) },
        { product: new Tensor('float64', out, [rows, columns]) },
      );
    },
    close: async () => {
      for (const session of sessions.values()) await (await session).release();
    },
  };
}

const tensorOf = ({ values, rows, columns }: Factor) => new Tensor('float64', values, [rows, columns]);

function open(left: boolean, right: boolean, added: boolean, threads: number): Promise<RuntimeSession> {
  const value = (name: string) => ({ name, type: { tensorType: { elemType: dataTypes.float64 } } });
  const inputs = ['left', 'right', ...(added ? ['added'] : [])];
  const flag = (name: string, set: boolean) => ({ name, i: set ? 1 : 0, type: attributeTypes.int });
  const graph = {
    name: 'product',
    node: [
      {
        opType: 'Gemm',
        input: inputs,
        output: ['product'],
        attribute: [flag('transA', left), flag('transB', right)],
      },
    ],
    input: inputs.map(value),
    output: [value('product')],
  };
  const model = {
    irVersion: 8,
    producerName: 'rankscope',
    graph,
    opsetImport: [{ domain: '', version: 17 }],
  };
  return InferenceSession.create(ModelProto.encode(ModelProto.create(model)).finish(), {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // Its arena would keep the largest product for good.
    enableCpuMemArena: false,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
    logSeverityLevel: 3,
  });
}
