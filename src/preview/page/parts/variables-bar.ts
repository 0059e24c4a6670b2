import type { Annotation, Variable } from '../board.js';
import { colourOf, type Theme } from '../format/colours.js';
import type { Choices } from '../query/variables.js';
import { button, h, icon } from './dom.js';
import { openPopup, withArrows } from './popup.js';

interface Bar {
  choices(): Choices;
  /** The values that there are. */
  known(name: string): readonly string[];
  /** @param values undefined: all */
  choose(name: string, values: readonly string[] | undefined): void;
  isHidden(annotation: string): boolean;
  toggle(annotation: string): void;
  theme(): Theme;
}

function chosenText(values: readonly string[] | undefined): string {
  if (values === undefined) return 'All';
  return values.length === 0 ? 'None' : values.join(' + ');
}

/** The choices of a variable: one click chooses among several, a click on `Only` this one alone. */
function choicesBox(
  { name, label, multi, includeAll }: Variable,
  bar: Bar,
  apply: (values: readonly string[] | undefined) => void,
): HTMLElement {
  let chosen: Set<string> | undefined;
  const start = bar.choices().get(name);
  chosen = start === undefined ? undefined : new Set(start);
  const known = [...new Set([...bar.known(name), ...(start ?? [])])];
  const options: { readonly value: string | undefined; readonly element: HTMLElement }[] = [];
  const show = (): void => {
    for (const { value, element } of options) {
      const on = value === undefined ? chosen === undefined : chosen?.has(value) === true;
      element.setAttribute('aria-selected', String(on));
    }
  };
  const option = (value: string | undefined): HTMLElement => {
    const made = button(
      {
        class: 'menu-item option',
        role: 'option',
        'aria-selected': 'false',
        tabindex: options.length === 0 ? 0 : -1,
      },
      () => {
        if (value === undefined) chosen = undefined;
        else if (multi === true) {
          chosen = new Set(chosen ?? []);
          if (!chosen.delete(value)) chosen.add(value);
          if (chosen.size === 0 && includeAll === true) chosen = undefined;
        } else chosen = new Set([value]);
        show();
        apply(chosen === undefined ? undefined : known.filter((each) => chosen?.has(each)));
      },
      h('span', { class: 'option-box' }, icon('check')),
      h('span', {}, value ?? 'All'),
    );
    options.push({ value, element: made });
    return made;
  };
  const list = h(
    'div',
    {
      role: 'listbox',
      'aria-label': label ?? name,
      'aria-multiselectable': multi === true ? 'true' : undefined,
      class: 'options',
    },
    ...(includeAll === true ? [option(undefined)] : []),
    ...known.map(option),
  );
  if (known.length === 0) list.append(h('p', { class: 'no-options' }, 'No values found'));
  withArrows(list, () => options.map(({ element }) => element));
  show();
  return h('div', { class: 'choices' }, list);
}

function queryVariable(variable: Variable, bar: Bar): { readonly element: HTMLElement; update(): void } {
  const { name, label, description } = variable;
  const text = h('span', { class: 'variable-value' });
  const id = `var-${name}`;
  const open = button(
    {
      class: 'tool',
      id,
      'aria-haspopup': 'listbox',
      'aria-expanded': 'false',
      'aria-labelledby': `${id}-label ${id}`,
    },
    () => {
      openPopup(
        open,
        choicesBox(variable, bar, (values) => {
          bar.choose(name, values);
        }),
      );
    },
    text,
    icon('down'),
  );
  const update = (): void => {
    text.textContent = chosenText(bar.choices().get(name));
    open.title = text.textContent;
  };
  update();
  return {
    element: h(
      'div',
      { class: 'variable' },
      h('span', { class: 'variable-label', id: `${id}-label`, title: description }, label ?? name),
      open,
    ),
    update,
  };
}

/** Data sources are told and not chosen, and need no more room than a button: the preview has one Prometheus. */
function dataSources(variables: readonly Variable[]): HTMLElement {
  const made = button(
    { class: 'tool', 'aria-haspopup': 'dialog', 'aria-expanded': 'false', id: 'data-sources' },
    () => {
      const box = h(
        'div',
        { class: 'about', role: 'dialog', 'aria-label': 'Data sources', tabindex: -1 },
        h('p', {}, 'Chosen in Grafana; the preview asks a Prometheus of its own.'),
        h(
          'dl',
          { class: 'data-sources' },
          ...variables.flatMap(({ name, label, query }) => [h('dt', {}, label ?? name), h('dd', {}, query)]),
        ),
      );
      openPopup(made, box, box);
    },
    icon('info'),
    h('span', {}, 'Data sources'),
  );
  return made;
}

function annotationToggle({ name, iconColor }: Annotation, bar: Bar): HTMLElement {
  const made = button(
    { class: 'switch', role: 'switch', 'aria-checked': String(!bar.isHidden(name)) },
    () => {
      bar.toggle(name);
      made.setAttribute('aria-checked', String(!bar.isHidden(name)));
    },
    h('span', { class: 'switch-knob', 'aria-hidden': 'true' }),
    h('span', { class: 'switch-text' }, name),
  );
  made.style.setProperty('--on', colourOf(iconColor, bar.theme()));
  return made;
}

/** The bar below the title: what is chosen of each variable, and what is marked on the time axis. */
export function variablesBar(
  variables: readonly Variable[],
  annotations: readonly Annotation[],
  bar: Bar,
): { readonly element: HTMLElement; update(): void } {
  const shown = variables.filter(({ hide }) => hide !== 2);
  const made = shown.filter(({ type }) => type === 'query').map((each) => queryVariable(each, bar));
  const fixed = shown.filter(({ type }) => type !== 'query');
  return {
    element: h(
      'div',
      { class: 'variables', role: 'group', 'aria-label': 'Variables' },
      ...made.map(({ element }) => element),
      ...annotations.map((annotation) => annotationToggle(annotation, bar)),
      fixed.length === 0 ? undefined : dataSources(fixed),
    ),
    update: () => {
      for (const each of made) each.update();
    },
  };
}
