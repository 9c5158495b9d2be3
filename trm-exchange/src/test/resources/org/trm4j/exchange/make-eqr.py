"""Makes eqr-run/checkpoints with EqR's own save_checkpoint: python make-eqr.py EQR_CHECKOUT OUTDIR. Only what logs or needs a GPU is replaced."""
import importlib.machinery, os, sys, types

sys.path.insert(0, sys.argv[1])
os.environ['WANDB_RUN_ID'] = 'a1b2c3'


class Anything:
    def __getattr__(self, name): return ''


def absent(name, **content):
    module = types.ModuleType(name)
    module.__file__, module.__spec__ = name + '.py', importlib.machinery.ModuleSpec(name, None)
    for key, value in content.items():
        setattr(module, key, value)
    sys.modules[name] = module


absent('wandb', run=None, Table=object, Image=object, sdk=types.SimpleNamespace(wandb_run=types.SimpleNamespace(Run=object)))
absent('colorama', Fore=Anything(), Style=Anything(), init=lambda **options: None)
absent('omegaconf', DictConfig=type('DictConfig', (), {}), OmegaConf=type('OmegaConf', (), {}))
absent('exceptiongroup', suppress=None)
absent('adam_atan2', AdamATan2=type('AdamATan2', (), {}))

import torch
import models.losses
from config.schema import PretrainConfig
from models.ema import EMAHelper
from models.eqr import EqRModel, LatentCarry, ModelCarry
from utils.checkpoint import save_checkpoint
from utils.training import TrainState

torch.manual_seed(1)
arch = dict(H_cycles=3, L_cycles=2, H_layers=0, L_layers=1, hidden_size=8, expansion=4, num_heads=2, pos_encodings='rope', board_height=4,
            board_width=4, halt_max_steps=16, halt_exploration_prob=0.1, mlp_t=False, lambda_=0.95, noise_scale=0.01)
inner = EqRModel(dict(arch, batch_size=2, seq_len=16, vocab_size=6))
with torch.no_grad():
    inner.inner.q_head.weight.normal_()


class Head(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model


model = torch.compile(Head(inner), backend='eager')
average = EMAHelper(0.999)
average.register(model)
for value in average.shadow.values():
    value.add_(0.25)
states = LatentCarry(*(torch.randn(2, 16, 8).bfloat16() for _ in range(2)))
carry = ModelCarry(states, torch.zeros(2, dtype=torch.int32), torch.ones(2, dtype=torch.bool), {'inputs': torch.zeros(2, 16, dtype=torch.int32)})
config = PretrainConfig(
    arch=dict(arch, name='eqr@EqRModel', short_name='EqR', forward_dtype='bfloat16', H_init_std=1.0, L_init_std=1.0,
              loss=dict(name='losses@ACTLossHead', loss_type='stablemax_cross_entropy')),
    dataset=dict(name='Sudoku-4x4', data_path='data/sudoku-4x4-1k', evaluators=[]), global_batch_size=768, epochs=50000, lr=1e-4, lr_min_ratio=1.0,
    lr_warmup_steps=2000, weight_decay=1.0, beta1=0.9, beta2=0.95, target_q_update_every=4, ema=True, checkpoint_path=sys.argv[2])
state = TrainState(model=model, optimizers=[torch.optim.AdamW(model.parameters(), lr=1e-4)], optimizer_lrs=[1e-4], carry=carry, step=65,
                   total_steps=100, steps_per_epoch=10, ema_helper=average)
loader = types.SimpleNamespace(dataset=types.SimpleNamespace(state_dict=lambda: {'seed': 0, 'iters': 3}))
save_checkpoint(config, state, loader, next_iteration=4, rank=0)
