import type { MapData } from '../map-data.ts';
import { graphOf } from '../model/graph.ts';
import { type Packed, unpack } from '../pack.ts';
import { byId } from './dom.ts';
import { AccessMap } from './access-map.ts';

// The page and its data are made by one program, so the data has this shape.
const packed = JSON.parse(byId('data').textContent) as Packed;
new AccessMap(graphOf(unpack(packed) as MapData)).start();
