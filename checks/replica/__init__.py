"""Hyper-V Replica"""
