"""Makes the checkpoints of this folder with PyTorch: python make.py OUTDIR. Values are random; names and containers are the published codes'."""
import collections, datetime, functools, json, os, pathlib, struct, sys, types
import numpy, torch, yaml

out = sys.argv[1]
os.makedirs(out, exist_ok=True)
torch.manual_seed(1)
D, V, S, P, IDS, INNER = 8, 6, 16, 2, 3, 256


def linear(rows, columns):
    return torch.randn(rows, columns) / columns**0.5


def weights(modules=('L_level',), mixer='attention', table=True, inits=('H_init', 'L_init'), p=P, layers=1):
    w = collections.OrderedDict()
    for name in inits:
        w[name] = torch.randn(D).bfloat16()
    w['embed_tokens.embedding_weight'] = linear(V, D)
    w['lm_head.weight'] = linear(V, D)
    w['q_head.weight'] = linear(2, D)
    w['q_head.bias'] = torch.tensor([-5.0, -5.0])
    if table:
        w['puzzle_emb.weights'] = torch.randn(IDS, D)
    for module in modules:
        for i in range(layers):
            at = f'{module}.layers.{i}.'
            if mixer == 'attention':
                w[at + 'self_attn.qkv_proj.weight'] = linear(3 * D, D)
                w[at + 'self_attn.o_proj.weight'] = linear(D, D)
            else:
                w[at + 'mlp_t.gate_up_proj.weight'] = linear(2 * INNER, S + p)
                w[at + 'mlp_t.down_proj.weight'] = linear(S + p, INNER)
            w[at + 'mlp.gate_up_proj.weight'] = linear(2 * INNER, D)
            w[at + 'mlp.down_proj.weight'] = linear(D, INNER)
    return w


def named(prefix, w):
    return collections.OrderedDict((prefix + k, v) for k, v in w.items())


def arch(**more):
    return dict(dict(hidden_size=D, num_heads=2, expansion=4, H_cycles=3, L_cycles=6, H_layers=0, L_layers=1,
                     pos_encodings='rope', forward_dtype='bfloat16', mlp_t=False, halt_max_steps=16,
                     halt_exploration_prob=0.1, puzzle_emb_ndim=D, puzzle_emb_len=P, no_ACT_continue=True,
                     name='recursive_reasoning.trm@TinyRecursiveReasoningModel_ACTV1',
                     loss=dict(name='losses@ACTLossHead', loss_type='stablemax_cross_entropy')), **more)


def config(a):
    return dict(arch=a, data_paths=['data/sudoku-4x4-aug-100'], global_batch_size=768, epochs=100, lr=1e-4, lr_min_ratio=1.0,
                lr_warmup_steps=2000, weight_decay=1.0, beta1=0.9, beta2=0.95, puzzle_emb_lr=1e-2,
                puzzle_emb_weight_decay=0.5, ema=True, ema_rate=0.999, seed=0)


dataset = dict(pad_id=0, ignore_label_id=0, blank_identifier_id=0, vocab_size=V, seq_len=S, num_puzzle_identifiers=IDS,
               total_groups=10, mean_puzzle_examples=1.0, total_puzzles=10, sets=['all'])


def folder(name, a, file, content):
    os.makedirs(f'{out}/{name}', exist_ok=True)
    torch.save(content, f'{out}/{name}/{file}')
    yaml.dump(config(a), open(f'{out}/{name}/all_config.yaml', 'w'))
    json.dump(dataset, open(f'{out}/{name}/dataset.json', 'w'))


trm = weights()
# A folder as the published code leaves it; the earlier checkpoint must not be taken.
folder('trm', arch(), 'step_20', named('_orig_mod.model.inner.', trm))
torch.save(named('_orig_mod.model.inner.', weights()), f'{out}/trm/step_3')
hrm = weights(('H_level', 'L_level'))
folder('hrm', arch(name='recursive_reasoning.hrm@HierarchicalReasoningModel_ACTV1', H_cycles=2, L_cycles=2, H_layers=1,
                   puzzle_emb_len=16), 'step_7', named('_orig_mod.model.inner.', weights(('H_level', 'L_level'), 'attention')))
# EqR: no table, no stored starts; mlp_t, so the length tells S where there are no puzzle tokens.
eqr = weights(mixer='mlp_t', table=False, inits=(), p=0)
torch.save(named('inner.', eqr), f'{out}/eqr.pt')
torch.save({'state_dict': named('model.inner.', trm), 'epoch': 3}, f'{out}/nested-state-dict.pt')
torch.save({'model': named('_orig_mod.model.inner.', trm), 'optimizers': [{'state': {0: torch.ones(3)}, 'param_groups': [{'lr': 1e-4}]}],
            'step': 4, 'args': types.SimpleNamespace(lr=1)}, f'{out}/nested-model.pt')
torch.save(named('module._orig_mod.model.inner.', trm), f'{out}/module.pt')
torch.save(collections.OrderedDict(trm), f'{out}/bare.pt')
a = arch(); a.update(seq_len=S, vocab_size=V, num_puzzle_identifiers=IDS)
yaml.dump(a, open(f'{out}/bare.yaml', 'w'))
torch.save({'a': trm, 'b': trm}, f'{out}/two-sets.pt')


# safetensors with a config.json beside
def safetensors(path, w):
    header, data = {}, b''
    for k, v in w.items():
        raw = v.contiguous().view(torch.uint8).numpy().tobytes()
        header[k] = dict(dtype={torch.float32: 'F32', torch.bfloat16: 'BF16'}[v.dtype], shape=list(v.shape), data_offsets=[len(data), len(data) + len(raw)])
        data += raw
    text = json.dumps(header).encode()
    open(path, 'wb').write(struct.pack('<Q', len(text)) + text + data)


os.makedirs(f'{out}/safetensors', exist_ok=True)
safetensors(f'{out}/safetensors/model.safetensors', named('model.inner.', {k: v.bfloat16() for k, v in trm.items()}))
json.dump(dict(a, data_path='data/sudoku-4x4'), open(f'{out}/safetensors/config.json', 'w'), indent=1)


# Lightning with an EMA callback: other names, one row of q_head, classes that nobody has
class Stranger:
    def __init__(self): self.x = {'y': [1, 2]}


class StrangerDict(dict):
    pass


for cls, module in ((Stranger, 'omegaconf.dictconfig'), (StrangerDict, 'lightning.fabric.utilities.data')):
    cls.__module__, cls.__qualname__ = module, cls.__name__
    parts = module.split('.')
    for i in range(len(parts)):
        sys.modules.setdefault('.'.join(parts[:i + 1]), types.ModuleType('.'.join(parts[:i + 1])))
    setattr(sys.modules[module], cls.__name__, cls)

light = weights(mixer='mlp_t', table=False, p=0)
nano = collections.OrderedDict()
for k, v in light.items():
    k = k.replace('H_init', 'z_H_init').replace('L_init', 'z_L_init').replace('embed_tokens', 'input_embedding').replace('L_level', 'lenet')
    nano[k] = v[:1].clone() if k.startswith('q_head') else v
shadow = {k: v + 0.25 for k, v in nano.items() if not k.endswith('_init')}
stranger = StrangerDict(); stranger['weight'] = torch.ones(2)
torch.save({
    'epoch': 9, 'global_step': 1234, 'pytorch-lightning_version': '2.5.5', 'state_dict': nano,
    'loops': {'fit_loop': {'state_dict': {}, 'epoch_loop.batch_progress': {'total': {'ready': 5}}}},
    'callbacks': {"ModelCheckpoint{'monitor': 'val/accuracy', 'mode': 'max'}": {'best_model_score': torch.tensor(0.5), 'dirpath': pathlib.PurePosixPath('/tmp')},
                  'EMACallback': {'shadow': shadow, 'decay': 0.999}},
    'optimizer_states': [{'state': {0: {'exp_avg': torch.ones(4)}}}], 'lr_schedulers': [],
    'hparams_name': 'kwargs',
    'hyper_parameters': {'hidden_size': D, 'num_layers': 1, 'num_heads': 2, 'H_cycles': 3, 'L_cycles': 6, 'N_supervision': 16, 'ffn_expansion': 4,
                         'learning_rate': 1e-4, 'learning_rate_emb': 1e-4, 'weight_decay': 1.0, 'warmup_steps': 2000, 'halt_exploration_prob': 0.1,
                         'puzzle_emb_dim': 0, 'puzzle_emb_len': 0, 'rope_theta': 10000, 'pos_emb_type': None, 'use_mlp_t': True,
                         'use_conv_swiglu': False, 'use_board_swiglu': False, 'lr_min_ratio': 0.01, 'vocab_size': V, 'num_puzzles': 1, 'seq_len': S,
                         'forward_dtype': torch.bfloat16, 'stranger': Stranger(), 'made': functools.partial(print, 1), 'when': datetime.date(2025, 1, 1),
                         'seen': {1, 2}, 'number': numpy.float64(3), 'bytes': b'abc', 'big': 2**100},
    'data': stranger}, f'{out}/lightning.ckpt')


# a parameter that depends on a class that is not known
class Odd(torch.Tensor):
    pass


Odd.__module__ = 'torchao.dtypes'
sys.modules['torchao'] = types.ModuleType('torchao'); sys.modules['torchao.dtypes'] = types.ModuleType('torchao.dtypes')
sys.modules['torchao.dtypes'].Odd = Odd
odd = collections.OrderedDict(trm)
odd['lm_head.weight'] = linear(V, D)
odd['q_head.bias'] = torch.ones(2).as_subclass(Odd)
torch.save(odd, f'{out}/opaque-tensor.pt')
torch.save(dict({'x': torch.arange(6.).reshape(2, 3), 'y': torch.ones(1).bfloat16()}), f'{out}/pickle.pt')
