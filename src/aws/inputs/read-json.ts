import type { Inventory } from '../../access/role-context.ts';
import { Collector } from './collector.ts';
import { readDocument } from './document.ts';
import { READERS } from './index.ts';
import { parseJson, type JsonPath } from './text/parse-json.ts';
import { parseYaml } from './text/parse-yaml.ts';
import { jsonSource } from './text/source.ts';
import { type JsonObject, isObject } from '../../text/json-object.ts';

/** The formats that are read, as messages name them. */
export const FORMATS_THAT_ARE_READ =
  'Give trust policies, the output of aws iam (get-role, list-roles, get-account-authorization-details, get-open-id-connect-provider), of terraform show -json, a Terraform state, .tf files, a CloudFormation template, or a folder of them';

/**
 * Reads any JSON that holds roles, providers or policies: one document, a list of documents, or JSON lines.
 *
 * @param file as the user named it
 * @returns `undefined` where nothing in it is of a known format
 */
export function readJsonInput(original: string, file: string): Inventory | undefined {
  const parsed = parseJson(original);
  const { value, faults } = parsed;
  const into = new Collector(jsonSource(file, parsed), faults);
  const isKnown = readValue(value, [], into);
  return isKnown || (faults.length > 0 && isWhole(value)) ? into.inventory() : undefined;
}

/** Reads any format in YAML; `undefined` for YAML of something else. */
export function readYamlInput(text: string, file: string): Inventory | undefined {
  const { value, faults, source } = parseYaml(text, file);
  const into = new Collector(source, faults);
  const isKnown = readValue(value, [], into);
  return isKnown || faults.length > 0 ? into.inventory() : undefined;
}

/** Nothing was understood of a text that should be JSON. */
function isWhole(value: unknown): boolean {
  return value === undefined || isObject(value) || Array.isArray(value);
}

/** @returns whether it is of a known format */
function readValue(value: unknown, at: JsonPath, into: Collector): boolean {
  if (Array.isArray(value)) return readList(value, at, into);
  if (typeof value === 'string') {
    const document = readDocument(value);
    return 'json' in document && readValue(document.json, at, into);
  }
  if (!isObject(value)) return false;
  const reader = READERS.find((one) => one.recognizes(value));
  if (reader) {
    reader.read(value, at, into);
    return true;
  }
  return readQueried(Object.values(value), value, at, into);
}

/** A list of documents, or a row that `--query` made, such as `[RoleName, AssumeRolePolicyDocument]`. */
function readList(list: readonly unknown[], at: JsonPath, into: Collector): boolean {
  if (readQueried(list, list, at, into)) return true;
  const known = list.map((one, index) => readValue(one, [...at, index], into));
  if (!known.includes(true)) return list.length === 0 && at.length === 0;
  for (const [index, isKnown] of known.entries()) {
    if (isKnown) continue;
    into.unreadable([...at, index], 'This is of no format that is read', FORMATS_THAT_ARE_READ);
  }
  return true;
}

/** What `--query` leaves of a role: one trust policy beside its name, under any keys. */
function readQueried(
  values: readonly unknown[],
  row: JsonObject | readonly unknown[],
  at: JsonPath,
  into: Collector,
): boolean {
  const documents = values.filter(isTrust);
  const texts = values.filter((one) => typeof one === 'string');
  const [trust] = documents;
  if (documents.length !== 1 || texts.length === 0) return false;
  const arn = texts.find((one) => /^arn:[^:]+:iam::\d{12}:role\//.test(one));
  const name = texts.find((one) => /^[\w+=,.@-]{1,64}$/.test(one)) ?? arn?.split('/').at(-1);
  const key = Array.isArray(row)
    ? row.indexOf(trust)
    : (Object.entries(row).find(([, one]) => one === trust)?.[0] ?? '');
  const policy = Array.isArray(trust) ? { Version: '2012-10-17', Statement: trust } : trust;
  const trustAt = [...at, key];
  into.role(at, { label: name ?? into.labelOf(at), name, arn, trust: policy, trustAt });
  return true;
}

/** A policy, or its statements alone. */
function isTrust(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every(isStatement);
  return isObject(value) && 'Statement' in value;
}

function isStatement(value: unknown): boolean {
  return isObject(value) && 'Effect' in value && 'Principal' in value;
}
