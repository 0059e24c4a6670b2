/** Shells that completion scripts are written for. */
export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/**
 * bash splits words at `=`, which the program must not see; `-o default` completes names of files where there is nothing to offer. No
 * `mapfile`: macOS has bash 3.2.
 */
const bash = `# Completion of obs-gen for bash: eval "$(obs-gen completion bash)" in ~/.bashrc
_obs_gen_completions() {
  local word reply
  local words=()
  for word in "\${COMP_WORDS[@]:0:COMP_CWORD+1}"; do
    [ "$word" = '=' ] || words+=("$word")
  done
  local current="\${COMP_WORDS[COMP_CWORD]}"
  if [ "$current" = '=' ]; then
    current=''
    words+=('')
  fi
  COMPREPLY=()
  while IFS= read -r reply; do
    [[ "$reply" == "$current"* ]] && COMPREPLY+=("$reply")
  done < <(SHELL=bash ZSH_NAME= obs-gen --get-yargs-completions "\${words[@]}" 2>/dev/null)
}
complete -o bashdefault -o default -F _obs_gen_completions obs-gen
`;

/** In zsh each answer has its description after a colon. */
const zsh = `#compdef obs-gen
# Completion of obs-gen for zsh: eval "$(obs-gen completion zsh)" in ~/.zshrc, after compinit;
# or the output as a file _obs-gen in a folder of $fpath
_obs_gen_completions() {
  local -a replies
  replies=("\${(@f)$(SHELL=zsh obs-gen --get-yargs-completions "\${(@)words[1,CURRENT]}" 2>/dev/null)}")
  replies=("\${(@)replies:#}")
  if (( \${#replies} > 0 )); then
    _describe 'obs-gen' replies
  else
    # The value of an option that stands in one word with it is a path of its own.
    compset -P '--*='
    _files
  fi
}
if [ "\${zsh_eval_context[-1]}" = loadautofunc ]; then
  _obs_gen_completions "$@"
else
  compdef _obs_gen_completions obs-gen
fi
`;

/** In fish each answer has its description after a tab; names of files come where there is nothing to offer. */
const fish = `# Completion of obs-gen for fish: obs-gen completion fish > ~/.config/fish/completions/obs-gen.fish
function __obs_gen_completions
    set -l current (commandline -ct)
    set -l replies (SHELL=fish obs-gen --get-yargs-completions (commandline -opc) $current 2>/dev/null)
    if test (count $replies) -gt 0
        printf '%s\\n' $replies
    else
        # The value of an option that stands in one word with it is a path of its own.
        set -l option (string match -r -- '^--[^=]+=' $current)
        set -l path (string replace -r -- '^--[^=]+=' '' $current)
        for each in (__fish_complete_path $path)
            echo "$option$each"
        end
    end
end
complete -c obs-gen -f -k -a '(__obs_gen_completions)'
`;

const scripts: Readonly<Record<Shell, string>> = { bash, zsh, fish };

/** The script that teaches a shell to complete obs-gen. */
export function completionScript(shell: Shell): string {
  return scripts[shell];
}
