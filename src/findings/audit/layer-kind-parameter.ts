import { z } from 'zod';
import { layerKinds, networkFamilies } from '../../measurements/types.ts';

export const layerKindParameter = z.enum(layerKinds, { error: `one of ${layerKinds.join(', ')}` });

export const familyParameter = z.enum(networkFamilies, { error: `one of ${networkFamilies.join(', ')}` });
